import * as vscode from "vscode";
import {
  type CommandOutcome,
  type CorrectionEdit,
  type PackageArgument,
  type PackageListing,
  requests,
  serverCommands,
} from "../../server/protocol.js";
import type { CommandContext } from "./context.js";

export async function refreshDatabase(context: CommandContext): Promise<void> {
  await saveDefinitions();
  await report(context, await context.server.execute(serverCommands.refresh, { target: targetOf(context) }));
}

/** Asks for package and version, and before anything runs, for a last yes. */
export async function installPackage(context: CommandContext): Promise<void> {
  await saveDefinitions();
  const target = targetOf(context);
  const packages = await context.server.request(requests.packages, { target });
  if (packages.length === 0) {
    const refresh = "Refresh Database";
    const answer = await vscode.window.showInformationMessage(
      `Winrepo: the database of ${target} is empty. Refresh it first.`,
      refresh,
    );
    if (answer !== refresh) return;
    await refreshDatabase(context);
    return installPackage(context);
  }
  const chosen = await vscode.window.showQuickPick(
    packages.map((each) => ({
      label: each.name,
      description: each.versions[0] ?? "",
      detail: each.fullName,
      versions: each.versions,
    })),
    { title: `Install on ${target}: which package?`, matchOnDetail: true },
  );
  if (!chosen) return;
  const version = await vscode.window.showQuickPick(
    chosen.versions.map((label, index) => ({ label, description: index === 0 ? "newest" : "" })),
    { title: `Install ${chosen.label} on ${target}: which version?` },
  );
  if (!version) return;
  await act(context, "Install", serverCommands.install, { target, name: chosen.label, version: version.label });
}

export async function removePackage(context: CommandContext): Promise<void> {
  const target = targetOf(context);
  const outcome = await context.server.execute(serverCommands.list, { target });
  const packages = await context.server.request(requests.packages, { target });
  const known = new Set(packages.map(({ name }) => name));
  const installed = Object.entries((outcome.result ?? {}) as PackageListing).filter(([name]) => known.has(name));
  if (installed.length === 0) {
    void vscode.window.showInformationMessage(`Winrepo: no package of the database is installed on ${target}.`);
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    installed.map(([label, description]) => ({ label, description })),
    { title: `Remove from ${target}: which package?` },
  );
  if (chosen)
    await act(context, "Remove", serverCommands.remove, { target, name: chosen.label, version: chosen.description });
}

export async function listInstalled(context: CommandContext): Promise<void> {
  const outcome = await context.server.execute(serverCommands.list, { target: targetOf(context) });
  context.server.output.info(outcome.report);
  context.server.output.show(true);
}

async function act(context: CommandContext, verb: string, command: string, argument: PackageArgument): Promise<void> {
  const answer = await vscode.window.showWarningMessage(
    `${verb} ${argument.name} ${argument.version} on the target ${argument.target}?`,
    { modal: true },
    verb,
  );
  if (answer !== verb) return;
  await report(context, await context.server.execute(command, argument));
}

/** A notification with the result in one line; the whole report, and corrections of the definition, on request. */
async function report({ server }: CommandContext, outcome: CommandOutcome): Promise<void> {
  server.output.info(outcome.report);
  const show = "Show Report";
  const correct = "Correct Definition";
  const buttons = outcome.corrections.length > 0 ? [correct, show] : [show];
  const answer = outcome.ok
    ? vscode.window.showInformationMessage(`Winrepo: ${outcome.summary}`, ...buttons)
    : vscode.window.showErrorMessage(`Winrepo: ${outcome.summary}`, ...buttons);
  // The notification may stay for long: the command is done without it.
  void answer.then((choice) => {
    if (choice === show) server.output.show(true);
    if (choice === correct) return applyCorrections(outcome.corrections);
  });
}

/** Puts what the installer really did into the definition, and shows it; saving is left to the person. */
async function applyCorrections(corrections: readonly CorrectionEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, range, newText } of corrections) {
    const { start, end } = range;
    edit.replace(
      vscode.Uri.parse(uri),
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  await vscode.workspace.applyEdit(edit);
  const [first] = corrections;
  if (first) await vscode.window.showTextDocument(vscode.Uri.parse(first.uri));
}

/** Databases are made from what is on disk: what a person sees is what counts. */
async function saveDefinitions(): Promise<void> {
  const changed = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === "file" && uri.path.endsWith(".sls"),
  );
  await Promise.all(changed.map((document) => document.save()));
}

function targetOf({ status }: CommandContext): string {
  const target = status.selection?.target;
  if (!target) throw new Error("there is no target; the language server has not started");
  return target;
}
