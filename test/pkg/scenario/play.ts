import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { PkgContext, RunPolicy } from "../../../engine/pkg/context.js";
import { install } from "../../../engine/pkg/install.js";
import { installedVersion, joinVersions, listPkgs } from "../../../engine/pkg/list-pkgs.js";
import { remove } from "../../../engine/pkg/remove.js";
import type { ActionReport, ActionResult } from "../../../engine/pkg/report.js";
import type { PackageSelection } from "../../../engine/pkg/request.js";
import type { WallClock } from "../../../engine/pkg/run/clock.js";
import {
  latestVersionOf,
  listAvailable,
  listRepoPkgs,
  listUpgrades,
  upgradeAvailable,
} from "../../../engine/repo/queries.js";
import type { Json } from "../../../engine/value/types.js";
import { database } from "../database.js";
import type { Scenario, ScenarioTrace } from "./scenario.js";
import { ScriptedMachine } from "./scripted-machine.js";

export interface Verdict {
  readonly id: string;
  /** Each a line of text; empty when the scenario came out as it must. */
  readonly differences: readonly string[];
}

interface Played {
  readonly result: unknown;
  readonly report?: ActionReport;
  readonly trace: ScenarioTrace;
}

/** Plays a scenario with our code and compares with what Salt did. */
export async function checkScenario(scenario: Scenario): Promise<Verdict> {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-scenario-"));
  try {
    const played = await play(scenario, folder);
    return { id: scenario.id, differences: scenario.loose ? bounds(scenario, played) : equality(scenario, played) };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id: scenario.id, differences: [`we threw: ${text}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(scenario: Scenario, folder: string): Promise<Played> {
  const machine = new ScriptedMachine(scenario, folder);
  const context = { target: machine, sources: machine, repo: database(scenario.repo), clock: instantClock() };
  const outcome = await call(scenario, context);
  const trace = machine.trace();
  return isAction(outcome) ? { result: outcome.salt, report: outcome.report, trace } : { result: outcome, trace };
}

async function call({ call: { fn, args, kwargs } }: Scenario, context: PkgContext): Promise<unknown> {
  const { repo, target } = context;
  const installed = () => listPkgs(target, repo);
  switch (fn) {
    case "install":
      return install(context, selectionOf(args, kwargs), {
        ...policyOf(kwargs),
        ...(kwargs.force !== undefined && { force: kwargs.force === true }),
        ...(typeof kwargs.extra_install_flags === "string" && { extraInstallFlags: kwargs.extra_install_flags }),
      });
    case "remove":
    case "purge":
      return remove(context, selectionOf(args, kwargs), {
        ...policyOf(kwargs),
        ...(typeof kwargs.extra_uninstall_flags === "string" && { extraUninstallFlags: kwargs.extra_uninstall_flags }),
      });
    case "list_pkgs": {
      if (kwargs.removed === true || kwargs.purge_desired === true) return {};
      const packages = await listPkgs(target, repo, {
        includeComponents: kwargs.include_components !== false,
        includeUpdates: kwargs.include_updates !== false,
      });
      return kwargs.versions_as_list === true ? Object.fromEntries(packages) : joinVersions(packages);
    }
    case "version":
      return installedVersion(await installed(), args);
    case "latest_version":
      return plain(latestVersionOf(repo, args, await installed()));
    case "list_upgrades":
      return plain(listUpgrades(repo, await installed()));
    case "list_available":
      return plain(
        listAvailable(repo, args, {
          returnDictAlways: kwargs.return_dict_always === true,
          reverseSort: kwargs.reverse_sort === true,
        }),
      );
    case "list_repo_pkgs":
      return plain(listRepoPkgs(repo, args));
    case "upgrade_available":
      return upgradeAvailable(repo, args[0] ?? "", await installed());
    default:
      throw new Error(`The scenario calls ${fn}, which is not played here.`);
  }
}

function equality({ salt }: Scenario, { result, trace }: Played): string[] {
  return [
    ...differ("result", salt.result, result),
    ...differ("commands", salt.commands.map(withoutEmptyCwd), trace.commands.map(withoutEmptyCwd)),
    ...differ("fetched", salt.fetched, trace.fetched),
    ...differ("tasks", salt.tasks, trace.tasks),
    ...differ("reboot", salt.reboot, trace.reboot),
  ];
}

/**
 * Where Salt gave up: we must have done what it did until then, say of the package what Salt raises and where, and have
 * an outcome for every other package.
 */
function bounds(scenario: Scenario, { result, report, trace }: Played): string[] {
  const { salt } = scenario;
  const differences = [
    ...differ("commands until then", salt.commands, trace.commands.slice(0, salt.commands.length)),
    ...differ("fetched until then", salt.fetched, trace.fetched.slice(0, salt.fetched.length)),
    ...differ("tasks until then", salt.tasks, trace.tasks.slice(0, salt.tasks.length)),
  ];
  if (!report || typeof result !== "object") return [...differences, "no report on the packages"];
  const problems = report.packages.flatMap((each) => each.problems);
  const expected =
    salt.exception === undefined ? { message: salt.result } : { exception: salt.exception, message: salt.message };
  const raised = problems.filter(({ salt: own }) => isDeepStrictEqual(own && { ...own }, expected));
  if (raised.length === 0) differences.push(`no problem says that Salt raises ${JSON.stringify(expected)}`);
  for (const problem of raised) {
    if (problem.severity !== "error" || !problem.key || !problem.version) differences.push("the problem has no place");
  }
  const silent = report.packages.filter(({ summary }) => summary === "").map((each) => each.package);
  if (silent.length > 0) differences.push(`nothing is said about ${silent.join(", ")}`);
  return differences;
}

function differ(what: string, expected: unknown, actual: unknown): string[] {
  return isDeepStrictEqual(actual, expected)
    ? []
    : [`${what}: Salt ${JSON.stringify(expected)}, we ${JSON.stringify(actual)}`];
}

function withoutEmptyCwd({ line, cwd }: ScenarioTrace["commands"][number]) {
  return { line, cwd: cwd || null };
}

function selectionOf(args: readonly string[], kwargs: { readonly [name: string]: Json }): PackageSelection {
  const { name = args[0], pkgs, version } = kwargs;
  return {
    ...(typeof name === "string" && { name }),
    ...(Array.isArray(pkgs) && { pkgs: pkgs as NonNullable<PackageSelection["pkgs"]> }),
    ...(version !== undefined && version !== null && { version: String(version) }),
  };
}

function policyOf(kwargs: { readonly [name: string]: Json }): RunPolicy {
  return kwargs.report_reboot_exit_codes === undefined
    ? {}
    : { reportRebootExitCodes: kwargs.report_reboot_exit_codes === true };
}

function instantClock(): WallClock {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  };
}

function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

function isAction(value: unknown): value is ActionResult {
  return typeof value === "object" && value !== null && "salt" in value && "report" in value;
}
