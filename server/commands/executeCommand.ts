import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type ExecuteCommandParams,
  LSPErrorCodes,
  ResponseError,
  type WorkDoneProgressReporter,
} from "vscode-languageserver";
import { type CommandOutcome, notifications, type PackageArgument, requests, serverCommands } from "../protocol.js";
import type { Project } from "../workspace/projects.js";
import type { ActionRun, Actions } from "./actions.js";

const untrusted = "Winrepo touches no database and no target in a folder that you do not trust.";

interface Command {
  /** The title of the progress that the editor shows. */
  readonly title: (argument: PackageArgument) => string;
  /** The argument's parts that must be there. */
  readonly needs: readonly (keyof PackageArgument)[];
  readonly run: (
    actions: Actions,
    project: Project,
    argument: PackageArgument,
    run: ActionRun,
  ) => Promise<CommandOutcome>;
}

const commands: { readonly [id: string]: Command } = {
  [serverCommands.refresh]: {
    title: ({ target }) => `Refreshing the database of ${target}`,
    needs: ["target"],
    run: (actions, project, argument, run) => actions.refresh(project, argument, run),
  },
  [serverCommands.install]: {
    title: ({ target, name, version }) => `Installing ${name} ${version} on ${target}`,
    needs: ["target", "name", "version"],
    run: (actions, project, argument, run) => actions.install(project, argument, run),
  },
  [serverCommands.remove]: {
    title: ({ target, name, version }) => `Removing ${name} ${version} from ${target}`,
    needs: ["target", "name", "version"],
    run: (actions, project, argument, run) => actions.remove(project, argument, run),
  },
  [serverCommands.list]: {
    title: ({ target }) => `Reading what is installed on ${target}`,
    needs: ["target"],
    run: (actions, project, argument, run) => actions.list(project, argument, run),
  },
};

/** Runs the commands that act: in trusted workspaces only, with progress, until they are done or cancelled. */
export function handleCommands(
  connection: Connection,
  actions: Actions,
  project: () => Project,
  options: { readonly trusted: boolean },
): void {
  let { trusted } = options;
  connection.onNotification(notifications.trusted.method, () => {
    trusted = true;
  });
  connection.onRequest(requests.targets.method, () => actions.targets(project()));
  connection.onRequest(requests.packages.method, ({ target }: { readonly target: string }) =>
    trusted ? actions.packages(project(), target) : [],
  );
  connection.onExecuteCommand(async (params, token, workDone) => {
    const command = commands[params.command];
    if (!command) return new ResponseError(ErrorCodes.InvalidParams, `There is no command ${params.command}.`);
    if (!trusted) return new ResponseError(LSPErrorCodes.RequestFailed, untrusted);
    const argument = argumentOf(params);
    const missing = command.needs.find((part) => typeof argument[part] !== "string" || argument[part] === "");
    if (missing) return new ResponseError(ErrorCodes.InvalidParams, `${params.command} needs the ${missing} by name.`);

    const created = params.workDoneToken === undefined ? await connection.window.createWorkDoneProgress() : undefined;
    const abort = abortOf(token, ...(created ? [created.token] : []));
    const reporter = created ?? workDone;
    reporter.begin(command.title(argument), undefined, undefined, true);
    try {
      return await command.run(actions, project(), argument, { progress: progressTo(reporter), signal: abort.signal });
    } catch (error) {
      if (abort.signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled.");
      return failure(error);
    } finally {
      reporter.done();
    }
  });
}

function argumentOf({ arguments: [argument] = [] }: ExecuteCommandParams): PackageArgument {
  return typeof argument === "object" && argument !== null
    ? (argument as PackageArgument)
    : { target: "", name: "", version: "" };
}

function abortOf(...tokens: readonly CancellationToken[]): AbortController {
  const abort = new AbortController();
  for (const token of tokens) {
    if (token.isCancellationRequested) abort.abort();
    token.onCancellationRequested(() => abort.abort());
  }
  return abort;
}

/** At most this often: a report per file of a large repository would keep the editor busy. */
const reportPauseMs = 80;

function progressTo(reporter: WorkDoneProgressReporter): ActionRun["progress"] {
  let last = 0;
  return {
    report({ message, done, total }) {
      const now = performance.now();
      if (now - last < reportPauseMs) return;
      last = now;
      if (done !== undefined && total) reporter.report(Math.floor((100 * done) / total), message);
      else reporter.report(message);
    },
  };
}

/** An action that cannot be done is an answer for the person, not a breakdown of the server. */
function failure(error: unknown): CommandOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, summary: message, report: message, result: null, corrections: [] };
}
