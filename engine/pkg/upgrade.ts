import { listUpgrades } from "../repo/queries.js";
import type { PkgContext } from "./context.js";
import { type InstallOptions, install } from "./install.js";
import { listPkgs } from "./list-pkgs.js";
import type { ActionResult, PackageReport } from "./report.js";

/**
 * Upgrades what `pkg.list_upgrades` names, or those of it that are asked for. Salt's own `pkg.upgrade` does nothing on
 * Windows and answers `{}` (salt-reference §6); here it does what its name says, by installing the newer versions.
 */
export async function upgrade(
  context: PkgContext,
  names: readonly string[] = [],
  options: InstallOptions = {},
): Promise<ActionResult> {
  const installed = await listPkgs(context.target, context.repo, {}, context.signal);
  const upgrades = listUpgrades(context.repo, installed);
  const wanted = names.length === 0 ? [...upgrades.keys()] : [...new Set(names)];
  const pkgs = wanted.flatMap((name) => {
    const version = upgrades.get(name);
    return version === undefined ? [] : [{ [name]: version }];
  });
  const current = wanted.filter((name) => !upgrades.has(name)).map((name) => upToDate(name, installed.get(name)));
  if (pkgs.length === 0) return nothingToDo(context, current, options.dryRun ?? false);
  const { salt, report } = await install(context, { pkgs }, options, "upgrade");
  return { salt, report: { ...report, packages: [...report.packages, ...current] } };
}

function upToDate(name: string, versions: readonly string[] | undefined): PackageReport {
  return {
    package: name,
    status: versions ? "unchanged" : "failed",
    summary: versions
      ? `${name} ${versions.join(", ")} is up to date.`
      : `${name} is not installed, so it cannot be upgraded; install it.`,
    fetched: [],
    commands: [],
    appeared: [],
    disappeared: [],
    problems: versions
      ? []
      : [{ code: "not-installed", severity: "error", package: name, message: `${name} is not installed.` }],
    corrections: [],
  };
}

function nothingToDo({ target }: PkgContext, packages: readonly PackageReport[], dryRun: boolean): ActionResult {
  const { name, kind } = target;
  const notes = packages.length === 0 ? ["Everything that is installed and defined is up to date."] : [];
  const report = { action: "upgrade", target: { name, kind }, dryRun, rebootRequired: false, packages, notes } as const;
  return { salt: {}, report };
}
