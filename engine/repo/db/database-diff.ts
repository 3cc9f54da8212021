import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../value/types.js";
import type { MachineAttributes, MachineDatabase, MachineVersions } from "./machine-database.js";

/** How a machine's database differs from the definitions here. */
export interface DatabaseDiff {
  /** Defined here, unknown to the machine. */
  readonly missing: readonly MissingPackage[];
  /** Known to the machine, not defined here. */
  readonly extra: readonly PackageVersions[];
  readonly changed: readonly ChangedPackage[];
  /** How many packages are the same. */
  readonly equal: number;
  /** Definitions that genrepo refused on the machine, and here → messages. */
  readonly failedThere: ReadonlyMap<string, readonly string[]>;
  readonly failedHere: ReadonlyMap<string, readonly string[]>;
}

export interface PackageVersions {
  readonly name: string;
  readonly versions: readonly string[];
}

export interface MissingPackage extends PackageVersions {
  /** The definition that has it here. */
  readonly file: string;
  /** Why the machine does not know it, as far as its database tells. */
  readonly reason: string;
}

export interface ChangedPackage {
  readonly name: string;
  readonly file: string;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly changed: readonly ChangedVersion[];
}

export interface ChangedVersion {
  readonly version: string;
  readonly attributes: readonly AttributeDifference[];
}

/** An attribute that only one side has lacks the other's value. */
export interface AttributeDifference {
  readonly key: string;
  readonly there?: Json;
  readonly here?: Json;
}

/** What the definitions here come to. */
export interface LocalDatabase {
  readonly database: MachineDatabase;
  /** Package → its definition. */
  readonly files: ReadonlyMap<string, string>;
}

/** Whether the machine would find the same packages, and refused the same definitions. */
export function isSame(diff: DatabaseDiff): boolean {
  const { missing, extra, changed, failedThere, failedHere } = diff;
  const sameFailures = isDeepStrictEqual([...failedThere.keys()].sort(), [...failedHere.keys()].sort());
  return missing.length + extra.length + changed.length === 0 && sameFailures;
}

export function diffDatabases(there: MachineDatabase, { database: here, files }: LocalDatabase): DatabaseDiff {
  const missing: MissingPackage[] = [];
  const changed: ChangedPackage[] = [];
  let equal = 0;
  for (const [name, versions] of here.packages) {
    const file = files.get(name) ?? "";
    const known = there.packages.get(name);
    if (!known) {
      const reason = reasonOf(name, file, there, { database: here, files });
      missing.push({ name, versions: [...versions.keys()], file, reason });
      continue;
    }
    const difference = versionDifferences(known, versions);
    if (difference) changed.push({ name, file, ...difference });
    else equal += 1;
  }
  const extra = [...there.packages]
    .filter(([name]) => !here.packages.has(name))
    .map(([name, versions]) => ({ name, versions: [...versions.keys()] }));
  return { missing, extra, changed, equal, failedThere: there.errors, failedHere: here.errors };
}

function versionDifferences(
  there: MachineVersions,
  here: MachineVersions,
): Pick<ChangedPackage, "missing" | "extra" | "changed"> | undefined {
  const missing = [...here.keys()].filter((version) => !there.has(version));
  const extra = [...there.keys()].filter((version) => !here.has(version));
  const changed = [...here].flatMap(([version, attributes]) => {
    const known = there.get(version);
    const differences = known ? attributeDifferences(known, attributes) : [];
    return differences.length > 0 ? [{ version, attributes: differences }] : [];
  });
  return missing.length + extra.length + changed.length > 0 ? { missing, extra, changed } : undefined;
}

function attributeDifferences(there: MachineAttributes, here: MachineAttributes): AttributeDifference[] {
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((key) => {
    const values = [there.get(key), here.get(key)] as const;
    if (isDeepStrictEqual(...values)) return [];
    const [before, now] = values;
    return [{ key, ...(before !== undefined && { there: before }), ...(now !== undefined && { here: now }) }];
  });
}

/** The question that brings people here: why does that machine not see the package? */
function reasonOf(name: string, file: string, there: MachineDatabase, local: LocalDatabase): string {
  const message = there.errors.get(file)?.[0];
  if (message !== undefined) return `genrepo refused ${file} on that machine: ${message.trim().split("\n")[0]}`;
  for (const attributes of local.database.packages.get(name)?.values() ?? []) {
    const fullName = attributes.get("full_name");
    const other = typeof fullName === "string" ? there.names.get(fullName) : undefined;
    if (other !== undefined && other !== name && !local.database.packages.has(other))
      return `that machine knows '${fullName}' under another name: ${other}`;
  }
  const sibling = [...local.files].find(([other, of]) => of === file && there.packages.has(other))?.[0];
  if (sibling !== undefined) {
    return `${file} gave that machine ${sibling} without it: it has an older ${file}, or its grains leave this package out`;
  }
  return (
    `its database says nothing of ${file}: the file was not there when it was made, or the machine's grains leave the ` +
    "package out; run pkg.refresh_db there, then compare with --profile and that machine's grains"
  );
}
