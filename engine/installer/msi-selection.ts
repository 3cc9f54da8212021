import { InstallerError } from "./installer-error.js";
import type { MsiDatabase, MsiRow } from "./msi.js";

export interface PlannedValue {
  readonly hive: "HKLM" | "HKCU" | "HKU";
  readonly key: string;
  /** `""` is the default value; undefined makes the key alone. */
  readonly name: string | undefined;
  readonly type: string;
  readonly data: string | number | readonly string[];
  readonly view: "64" | "32";
}

/** What a package leaves on the machine. */
export interface InstalledParts {
  readonly values: readonly PlannedValue[];
  /** Full paths. */
  readonly files: readonly string[];
  /** Bytes of all files. */
  readonly size: number;
}

export interface SelectionContext {
  readonly bits: 64 | 32;
  readonly perUser: boolean;
  readonly properties: ReadonlyMap<string, string>;
  path(folder: string): string;
  format(text: string): string;
  holds(condition: unknown): boolean;
}

const component64bit = 0x100;
/** Windows' own limit for one key, and one of ours for all keys of a package. */
const maxKeyLevels = 512;
const maxAllKeyLevels = 500_000;

/** The files and registry values of the features and components that are chosen. */
export function selectParts(msi: MsiDatabase, context: SelectionContext): InstalledParts {
  const features = chosenFeatures(msi, context);
  const wanted = new Set(
    msi
      .rows("FeatureComponents")
      .filter((row) => features.has(String(row.Feature_)))
      .map((row) => String(row.Component_)),
  );
  const components = new Map(
    msi
      .rows("Component")
      .filter((row) => wanted.has(String(row.Component)) && context.holds(row.Condition))
      .map((row) => [String(row.Component), row]),
  );
  const values = msi.rows("Registry").flatMap((row) => {
    const component = components.get(String(row.Component_));
    const value = component && plannedValue(row, component, context);
    return value ? [value] : [];
  });
  refuseTooDeep(values);
  const files = msi.rows("File").filter((row) => components.has(String(row.Component_)));
  return {
    files: files.map((row) => {
      const name = String(row.FileName);
      return (
        context.path(String(components.get(String(row.Component_))!.Directory_)) + name.slice(name.indexOf("|") + 1)
      );
    }),
    size: files.reduce((sum, row) => sum + Number(row.FileSize ?? 0), 0),
    values,
  };
}

function refuseTooDeep(values: readonly PlannedValue[]): void {
  let all = 0;
  for (const { key } of values) {
    const levels = key.split("\\").length;
    all += levels;
    if (levels > maxKeyLevels || all > maxAllKeyLevels) {
      throw new InstallerError(
        "Winrepo stopped: the package has more registry keys, or deeper ones, than any machine.",
      );
    }
  }
}

/** Features up to the install level (default 1), as the conditions and `ADDLOCAL`, `REMOVE` change them. */
function chosenFeatures(msi: MsiDatabase, context: SelectionContext): Set<string> {
  const list = (property: string) => (context.properties.get(property) ?? "").split(",").map((name) => name.trim());
  const added = list("ADDLOCAL");
  const removed = list("REMOVE");
  const level = Number(context.properties.get("INSTALLLEVEL")) || 1;
  const rows = msi.rows("Feature");
  const levels = new Map(rows.map((row) => [String(row.Feature), Number(row.Level)]));
  for (const row of msi.rows("Condition")) {
    if (context.holds(row.Condition)) levels.set(String(row.Feature_), Number(row.Level));
  }
  const chosen = new Set<string>();
  for (const [feature, own] of levels) {
    const byList = added.includes("ALL") || added.includes(feature);
    const byLevel = added[0] === "" && own <= level;
    if (own > 0 && (byList || byLevel) && !removed.includes(feature)) chosen.add(feature);
  }
  // A feature whose parent is not installed is not either, unless it was named: then the parent comes along.
  const parents = new Map(
    rows.map((row) => [String(row.Feature), row.Feature_Parent === null ? "" : String(row.Feature_Parent)]),
  );
  for (const feature of [...chosen]) {
    for (let parent = parents.get(feature), steps = 0; parent && steps < 16; parent = parents.get(parent), steps++) {
      if (chosen.has(parent)) continue;
      if (added.includes(feature)) chosen.add(parent);
      else chosen.delete(feature);
    }
  }
  return chosen;
}

function plannedValue(row: MsiRow, component: MsiRow, context: SelectionContext): PlannedValue | undefined {
  const name = row.Name === null ? "" : String(row.Name);
  const isKeyOnly = row.Value === null && ["+", "-", "*"].includes(name);
  if (isKeyOnly && name === "-") return undefined;
  const root = Number(row.Root);
  const key = context.format(String(row.Key));
  const hive = root === 1 || (root === -1 && context.perUser) ? "HKCU" : root === 3 ? "HKU" : "HKLM";
  const wide = context.bits === 64 && (Number(component.Attributes) & component64bit) !== 0;
  return {
    hive,
    key: root === 0 ? `Software\\Classes\\${key}` : key,
    name: isKeyOnly ? undefined : context.format(name),
    view: wide ? "64" : "32",
    ...typedData(row.Value === null ? "" : String(row.Value), context),
  };
}

/** The table tells types by a prefix: `#1` number, `#%x` expandable, `#x0A` binary, `##` a text that begins with `#`. */
function typedData(value: string, context: SelectionContext): Pick<PlannedValue, "type" | "data"> {
  if (value.startsWith("##")) return { type: "REG_SZ", data: context.format(value.slice(1)) };
  if (value.startsWith("#%")) return { type: "REG_EXPAND_SZ", data: context.format(value.slice(2)) };
  if (/^#x/i.test(value)) return { type: "REG_BINARY", data: context.format(value.slice(2)).toLowerCase() };
  if (value.startsWith("#")) return { type: "REG_DWORD", data: Number(context.format(value.slice(1))) >>> 0 };
  const text = context.format(value);
  if (text.includes("\0")) return { type: "REG_MULTI_SZ", data: text.split("\0").filter(Boolean) };
  return { type: "REG_SZ", data: text };
}
