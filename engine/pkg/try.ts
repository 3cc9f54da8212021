import type { PkgContext, RunPolicy } from "./context.js";
import { install } from "./install.js";
import { type InstalledEntry, installedSoftware } from "./installed-software.js";
import { remove } from "./remove.js";
import type { ActionReport, ActionResult, Correction, PackageProblem } from "./report.js";
import { withCorrections } from "./verify/apply-corrections.js";
import { programOf } from "./verify/uninstaller.js";

/** What came of installing a package on a machine that is thrown away, and removing it again. */
export interface TryResult {
  readonly ok: boolean;
  /** One sentence for people. */
  readonly summary: string;
  readonly install: ActionReport;
  /** Absent when the installation failed, so that there was nothing to remove. */
  readonly remove?: ActionReport;
  /** Entries that the installation made and the removal left. */
  readonly leftBehind: readonly InstalledEntry[];
  readonly problems: readonly PackageProblem[];
  readonly corrections: readonly Correction[];
}

/**
 * Installs a package, checks name and version, uninstalls it, and checks that nothing of it is left. When the definition
 * turns out to be wrong, removing is tried with the corrected one, so that one try finds as much as it can.
 */
export async function tryPackage(
  context: PkgContext,
  wanted: { readonly name: string; readonly version?: string },
  policy: RunPolicy = {},
): Promise<TryResult> {
  const before = await installedSoftware(context.target, {}, context.signal);
  const { name, version } = wanted;
  const first = await install(context, { pkgs: [{ [name]: version ?? null }] }, { ...policy, force: true }, "try");
  const [installed] = first.report.packages;
  if (!installed || installed.commands.length === 0 || installed.status === "failed" || policy.dryRun) {
    return resultOf(first, undefined, nothingLeft);
  }
  const corrected = { ...context, repo: withCorrections(context.repo, installed.corrections) };
  const renamed = installed.corrections.find(({ key }) => key === "version")?.to;
  const second = await remove(
    corrected,
    { pkgs: [{ [name]: renamed ?? removableVersion(installed.appeared, installed.version) }] },
    policy,
    "try",
  );
  const after = await installedSoftware(context.target, {}, context.signal);
  const known = new Set(before.map(placeOf));
  return resultOf(
    first,
    second,
    await stillThere(
      context,
      after.filter((entry) => !known.has(placeOf(entry))),
      installed.appeared,
    ),
  );
}

/** A version called `latest` is installed under its own number, and removed without naming one. */
function removableVersion(appeared: readonly InstalledEntry[], version: string | undefined): string | null {
  return version === "latest" || appeared.length === 0 ? null : (version ?? null);
}

interface Remainder {
  readonly entries: readonly InstalledEntry[];
  /** Programs that the registry named as uninstallers and that are still there. */
  readonly programs: readonly string[];
}

const nothingLeft: Remainder = { entries: [], programs: [] };

async function stillThere(
  { target }: PkgContext,
  entries: readonly InstalledEntry[],
  appeared: readonly InstalledEntry[],
): Promise<Remainder> {
  const programs: string[] = [];
  for (const { uninstallString } of appeared) {
    const program = programOf(await target.expandEnvironment(uninstallString ?? ""));
    if (program && !/\\msiexec\.exe$/i.test(program) && (await target.exists(program))) programs.push(program);
  }
  return { entries, programs };
}

function resultOf(first: ActionResult, second: ActionResult | undefined, remainder: Remainder): TryResult {
  const reports = [first.report, ...(second ? [second.report] : [])];
  const packages = reports.flatMap((report) => report.packages);
  const name = packages[0]?.package ?? "";
  const problems = [...packages.flatMap((each) => each.problems), ...leftovers(name, packages[0]?.version, remainder)];
  const corrections = packages.flatMap((each) => each.corrections);
  const wrong = problems.filter(({ severity }) => severity === "error");
  const failed = packages.find(({ status }) => status === "failed" || status === "doubtful");
  const ok = wrong.length === 0 && !failed;
  return {
    ok,
    summary: summaryOf(name, first, second, wrong, ok),
    install: first.report,
    ...(second && { remove: second.report }),
    leftBehind: remainder.entries,
    problems,
    corrections,
  };
}

function leftovers(name: string, version: string | undefined, { entries, programs }: Remainder): PackageProblem[] {
  const of = { package: name, ...(version !== undefined && { version }), key: "uninstaller" };
  return [
    ...entries.map((entry) => ({
      ...of,
      code: "left-behind" as const,
      severity: "error" as const,
      message: `After removing, '${entry.name}' ${entry.version} is still registered (${entry.hive}\\${entry.key}, ${entry.view}-bit view).`,
    })),
    ...programs.map((program) => ({
      ...of,
      code: "left-behind" as const,
      severity: "warning" as const,
      message: `After removing, ${program} is still there.`,
    })),
  ];
}

function summaryOf(
  name: string,
  { report }: ActionResult,
  second: ActionResult | undefined,
  wrong: readonly PackageProblem[],
  ok: boolean,
): string {
  if (report.dryRun) return report.packages[0]?.summary ?? "";
  const assumed = report.packages.some(({ commands }) => commands.some((command) => command.assumed));
  if (ok && assumed)
    return `${name}: nothing speaks against the definition, but the target only assumed what the installer does.`;
  if (ok)
    return `${name} ${report.packages[0]?.version ?? ""}: installed, recognised by name and version, and removed without a trace.`;
  const [first] = wrong;
  return first?.message ?? second?.report.packages[0]?.summary ?? report.packages[0]?.summary ?? "";
}

function placeOf({ hive, view, key }: InstalledEntry): string {
  return `${hive} ${hive === "HKU" ? "" : view} ${key.toLowerCase()}`;
}
