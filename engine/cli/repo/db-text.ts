import type {
  AttributeDifference,
  ChangedPackage,
  DatabaseDiff,
  MissingPackage,
  PackageVersions,
} from "../../repo/db/database-diff.js";
import type { MachineDatabase } from "../../repo/db/machine-database.js";
import type { Json } from "../../value/types.js";
import { sortVersionsNewestFirst } from "../../version/version.js";
import { visible } from "../../visible.js";
import { plural } from "./common.js";

/** What a database holds: a line per package, or with names all that it says of these. */
export function databaseText(database: MachineDatabase, names: readonly string[]): string {
  const { packages, errors, problems } = database;
  const width = Math.min(40, Math.max(0, ...[...packages.keys()].map((name) => visible(name).length)));
  const lines =
    names.length > 0
      ? names.flatMap((name) => packageLines(name, database))
      : [...packages].map(([name, versions]) => `${visible(name).padEnd(width)}  ${versionList([...versions.keys()])}`);
  if (names.length === 0) lines.push(...fileLines("that machine refused", errors));
  lines.push(...problems.map((problem) => `! ${visible(problem)}`));
  return lines.map((line) => `${line}\n`).join("");
}

function packageLines(name: string, { packages }: MachineDatabase): string[] {
  const versions = packages.get(name);
  if (!versions) return [];
  return [
    `${visible(name)}:`,
    ...[...versions].flatMap(([version, attributes]) => [
      `  ${visible(version)}:`,
      ...[...attributes].map(([key, value]) => `    ${visible(key)}: ${valueText(value)}`),
    ]),
  ];
}

/** How a database differs: what is missing there first, for that is what people look for. */
export function diffText(diff: DatabaseDiff, problems: readonly string[]): string {
  const { missing, extra, changed, equal, failedThere, failedHere } = diff;
  const counts = [
    ...(missing.length > 0 ? [`${plural(missing.length, "package")} missing there`] : []),
    ...(extra.length > 0 ? [`${extra.length} there alone`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    `${plural(equal, "package")} the same`,
  ];
  return [
    ...missing.flatMap(missingLines),
    ...extra.map(({ name, versions }: PackageVersions) => `extra    ${visible(name)}  ${versionList(versions)}`),
    ...changed.flatMap(changedLines),
    ...fileLines("that machine refused", failedThere),
    ...fileLines("refused here", failedHere),
    ...problems.map((problem) => `! ${visible(problem)}`),
    counts.join(", "),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function missingLines({ name, versions, reason }: MissingPackage): string[] {
  return [`missing  ${visible(name)}  ${versionList(versions)}`, `         ${visible(reason)}`];
}

function changedLines({ name, file, missing, extra, changed }: ChangedPackage): string[] {
  return [
    `changed  ${visible(name)}${file && `  (${visible(file)})`}`,
    ...(missing.length > 0 ? [`         missing there: ${versionList(missing)}`] : []),
    ...(extra.length > 0 ? [`         there alone: ${versionList(extra)}`] : []),
    ...changed.flatMap(({ version, attributes }) => [
      `         ${visible(version)}`,
      ...attributes.map((attribute) => `           ${attributeText(attribute)}`),
    ]),
  ];
}

function attributeText({ key, there, here }: AttributeDifference): string {
  if (there === undefined) return `${visible(key)}: missing there, here ${valueText(here)}`;
  if (here === undefined) return `${visible(key)}: there alone, ${valueText(there)}`;
  const [before, now] = [valueText(there), valueText(here)];
  return before === now
    ? `${visible(key)}: ${before} on both sides, but the part that is hidden differs`
    : `${visible(key)}: there ${before}, here ${now}`;
}

function fileLines(what: string, files: ReadonlyMap<string, readonly string[]>): string[] {
  if (files.size === 0) return [];
  return [
    `${plural(files.size, "definition")} ${what}:`,
    ...[...files].flatMap(([file, messages]) => [
      `✗ ${visible(file)}`,
      ...messages.map((message) => `    ${visible(message.trimEnd()).replaceAll("\n", "\n    ")}`),
    ]),
  ];
}

function versionList(versions: readonly string[]): string {
  return versions.length === 0 ? "no version" : sortVersionsNewestFirst(versions).map(visible).join(", ");
}

function valueText(value: Json | undefined): string {
  return visible(JSON.stringify(value) ?? "nothing");
}
