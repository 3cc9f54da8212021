// A bundle of its own beside the server's, loaded when the first command runs. Whatever crosses this border is plain data:
// the classes in here are copies of the server's own.

import type { ProjectConfig } from "../../engine/config/project.js";
import { configuredRole, loadSaltConfiguration } from "../../engine/config/salt-config.js";
import { install } from "../../engine/pkg/install.js";
import { joinVersions, listPkgs } from "../../engine/pkg/list-pkgs.js";
import { type ProjectRun, runOnTarget } from "../../engine/pkg/project-run.js";
import { refreshTarget } from "../../engine/pkg/refresh.js";
import { remove } from "../../engine/pkg/remove.js";
import { type ActionResult, type Correction, succeeded } from "../../engine/pkg/report.js";
import { reportText } from "../../engine/pkg/report-text.js";
import { databaseFor } from "../../engine/pkg/target-database.js";
import type { WinrepoData } from "../../engine/repo/database.js";
import { getPackageInfo, listRepoPkgs } from "../../engine/repo/queries.js";
import { saltReturn } from "../../engine/repo/salt-return.js";
import { str } from "../../engine/value/repr.js";
import { Dict } from "../../engine/value/types.js";
import { openRenderHost } from "../../engine/workers/open-host.js";
import { version } from "../../package.json";
import type { CommandOutcome, CorrectionEdit, PackageArgument, PackageSummary } from "../protocol.js";
import { fileToUri } from "../workspace/uri.js";
import type { ActionProject, ActionRun, Actions } from "./actions.js";

/** Its own: what comes back from a host is made of its own copies of our classes. */
const host = openRenderHost();

export function createActions(): Actions {
  return {
    packages: ({ config }, { target }) => onTarget(config, target, {}, async ({ context }) => packagesOf(context.repo)),
    refresh: async ({ config }, { target }, run) => {
      const configuration = loadSaltConfiguration(config, configuredRole(config), process.env);
      return refreshed(target, await refreshTarget(config, configuration, target, { keep: version, host, ...run }));
    },
    install: (project, argument, run) => act(project, argument, run, "install", install),
    remove: (project, argument, run) => act(project, argument, run, "remove", remove),
    list: ({ config }, { target }, run) =>
      onTarget(config, target, { run }, async ({ context }) => {
        const installed = await listPkgs(context.target, context.repo, {}, run.signal);
        return listed(target, joinVersions(installed));
      }),
  };
}

function onTarget<T>(
  config: ProjectConfig,
  target: string,
  { run, purpose }: { readonly run?: ActionRun; readonly purpose?: string },
  work: (run: ProjectRun) => Promise<T>,
): Promise<T> {
  const database = (opened: Parameters<typeof databaseFor>[1]) => databaseFor(config, opened, { host, ...run });
  return runOnTarget(config, { target, ...(purpose !== undefined && { purpose }), database, ...run }, work);
}

async function act(
  { config }: ActionProject,
  { target, name, version }: PackageArgument,
  run: ActionRun,
  verb: string,
  action: typeof install | typeof remove,
): Promise<CommandOutcome> {
  const purpose = `${verb} ${name}=${version}`;
  return onTarget(config, target, { run, purpose }, async ({ context, notes }) => {
    const result: ActionResult = await action(context, { pkgs: [{ [name]: version }] });
    const report = { ...result.report, notes: [...notes, ...result.report.notes] };
    return {
      ok: succeeded(result),
      summary: report.packages.map(({ summary }) => summary).join(" "),
      report: reportText(report, config.root),
      result: result.salt,
      corrections: report.packages.flatMap(({ corrections }) => corrections.flatMap(correctionEdit)),
    };
  });
}

/** Only what can be put into a source text. */
function correctionEdit({ location, newText, reason }: Correction): CorrectionEdit[] {
  if (!location || newText === undefined) return [];
  return [{ reason, uri: fileToUri(location.file), range: location.range, newText }];
}

function packagesOf(data: WinrepoData): PackageSummary[] {
  return [...listRepoPkgs(data)].map(([name, versions]) => {
    const newest = getPackageInfo(data, name).get(versions[0] ?? "");
    const fullName = newest instanceof Dict ? newest.get("full_name") : undefined;
    return { name, versions, fullName: fullName === undefined ? "" : str(fullName) };
  });
}

function refreshed(target: string, { result, push }: Awaited<ReturnType<typeof refreshTarget>>): CommandOutcome {
  const packages = [...listRepoPkgs(result.data())];
  const versions = packages.reduce((sum, [, each]) => sum + each.length, 0);
  const counts = `${count(packages.length, "package")} with ${count(versions, "version")}`;
  const failed = [...result.failedList];
  const lines = [
    ...packages.map(([name, each]) => `${name}  ${each.join(", ")}`),
    ...failed.map(([file, messages]) => `left out: ${file}: ${messages.join("; ").trim()}`),
    ...[...result.notes, ...push.notes].map((note) => `note: ${note}`),
    `${count(push.written.length, "definition")} brought to ${target}, ${push.removed.length} removed there.`,
  ];
  return {
    ok: failed.length === 0,
    summary: `${target} now knows ${counts}${failed.length > 0 ? `; ${count(failed.length, "file")} left out` : ""}.`,
    report: lines.join("\n"),
    result: saltReturn(result, false),
    corrections: [],
  };
}

function listed(target: string, installed: { readonly [name: string]: string }): CommandOutcome {
  const names = Object.keys(installed).sort();
  const width = Math.max(0, ...names.map((name) => name.length));
  return {
    ok: true,
    summary: `${count(names.length, "program")} installed on ${target}.`,
    report: [`Installed on ${target}:`, ...names.map((name) => `${name.padEnd(width)}  ${installed[name]}`)].join("\n"),
    result: installed,
    corrections: [],
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
