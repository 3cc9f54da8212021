import type { InstalledEntry } from "../installed-software.js";
import type { VersionDefinition } from "../plan/definition.js";
import type { Listing, PackageOperation } from "../run/package-operation.js";
import type { PackageOutcome } from "../run/package-outcome.js";
import { fullNameOf, matchEntry } from "./compare.js";
import { correction } from "./corrections.js";
import { uninstallerFinding } from "./uninstaller.js";

/** Answers "what did it change, and does that match the definition?" for one package that was installed. */
export async function verifyInstall(
  operation: PackageOperation,
  outcome: PackageOutcome,
  before: Listing,
  after: Listing,
): Promise<void> {
  const definition = outcome.definitions.at(-1);
  if (!definition || outcome.status === "failed" || outcome.status === "started") return;
  const name = `${outcome.name} ${definition.version}`;
  if (outcome.assumed) {
    outcome.settle("installed", `${name}: the target only assumed what the installer does; nothing is proven.`);
    return;
  }
  const match = matchEntry(definition, after.entries, outcome.appeared);
  switch (match.kind) {
    case "fits":
      outcome.settle("installed", `${name} is installed, as defined.`);
      break;
    case "version":
      versionDiffers(operation, outcome, definition, match.entry);
      break;
    case "name":
      nameDiffers(operation, outcome, definition, match.entry, match.others);
      break;
    case "nothing":
      nothingInstalled(outcome, definition, before);
      return;
  }
  await verifyUninstaller(operation, outcome, definition, match.entry);
}

function versionDiffers(
  operation: PackageOperation,
  outcome: PackageOutcome,
  definition: VersionDefinition,
  entry: InstalledEntry,
): void {
  const message =
    `${fullNameOf(definition)} registered version ${entry.version}, but the definition calls it ${definition.version}. Salt will ` +
    `list it as ${entry.version}: states that ask for ${definition.version} fail, and removing that version finds nothing.`;
  outcome.problem("version-differs", "error", message, "version");
  outcome.corrections.push(correction(definition, "version", entry.version, message, operation.context.locator));
  outcome.settle("doubtful", message);
}

function nameDiffers(
  operation: PackageOperation,
  outcome: PackageOutcome,
  definition: VersionDefinition,
  entry: InstalledEntry,
  others: readonly InstalledEntry[],
): void {
  const also = others.length > 0 ? ` (also new: ${others.map(({ name }) => `'${name}'`).join(", ")})` : "";
  const { locator, repo } = operation.context;
  const seen = repo.nameMap.get(entry.name) === outcome.name;
  const message =
    `The installer registered '${entry.name}' ${entry.version}${also}, but full_name is '${fullNameOf(definition)}'. The two must be equal ` +
    `to the letter: ${
      seen
        ? `Salt recognises it only because another version of ${outcome.name} has that name.`
        : `as it is, Salt does not see that ${outcome.name} is installed and cannot remove it.`
    }`;
  outcome.problem("name-differs", "error", message, "full_name");
  outcome.corrections.push(correction(definition, "full_name", entry.name, message, locator));
  const { version } = definition;
  if (version !== "latest" && entry.version !== version && entry.version !== "Not Found") {
    const reason = `The registered version is ${entry.version}.`;
    outcome.corrections.push(correction(definition, "version", entry.version, reason, locator));
  }
  outcome.settle("doubtful", message);
}

function nothingInstalled(outcome: PackageOutcome, definition: VersionDefinition, before: Listing): void {
  const fullName = fullNameOf(definition);
  const older = before.entries.filter(({ name }) => name === fullName).map(({ version }) => version);
  const found =
    older.length > 0
      ? `'${fullName}' ${older.join(", ")} is still what it was`
      : `there is no '${fullName}' and nothing else new`;
  const message =
    `${outcome.name} ${definition.version}: the installer says it succeeded, but in the registry ${found}. It may go on in the background, ` +
    "need a restart first, install for one user only, or do nothing without the right flags or on this architecture.";
  outcome.problem("nothing-installed", "error", message, "installer");
  outcome.settle("doubtful", message);
}

async function verifyUninstaller(
  operation: PackageOperation,
  outcome: PackageOutcome,
  definition: VersionDefinition,
  entry: InstalledEntry,
): Promise<void> {
  const { target, locator } = operation.context;
  const finding = await uninstallerFinding(definition, entry, target);
  if (!finding) return;
  outcome.problem(
    "uninstaller-differs",
    "warning",
    `${finding.reason} Removing with the definition as it is may fail.`,
    finding.key,
  );
  outcome.corrections.push(correction(definition, finding.key, finding.to, finding.reason, locator));
}
