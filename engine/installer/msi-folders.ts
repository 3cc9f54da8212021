import { InstallerError } from "./installer-error.js";
import type { MsiDatabase, MsiRow } from "./msi.js";
import { folder } from "./msi-machine.js";

const maxDepth = 100;
/** Windows knows no longer ones. */
const maxPath = 32_767;

/** The long one of `short|long`, of the part before the colon (after it stands the source's name). */
export function longName(name: string): string {
  const target = name.split(":")[0]!;
  return target.slice(target.indexOf("|") + 1);
}

/** Finds the folders of a package; a property with a folder's key moves that folder. */
export class MsiFolders {
  readonly #rows: ReadonlyMap<string, MsiRow>;
  readonly #properties: ReadonlyMap<string, string>;

  constructor(msi: MsiDatabase, properties: ReadonlyMap<string, string>) {
    this.#properties = properties;
    this.#rows = new Map(msi.rows("Directory").map((row) => [String(row.Directory), row]));
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  /** Full path with a backslash at its end. */
  path(key: string, depth = 0): string {
    const moved = this.#properties.get(key);
    if (moved) return folder(moved);
    const row = this.#rows.get(key);
    const parent = row?.Directory_Parent;
    if (!row || parent === null || parent === undefined || parent === key || depth > maxDepth) {
      return this.#properties.get("ROOTDRIVE") ?? "C:\\";
    }
    const name = longName(String(row.DefaultDir ?? "."));
    const above = this.path(String(parent), depth + 1);
    if (above.length + name.length > maxPath) {
      throw new InstallerError("The package has a folder whose path is longer than Windows allows.");
    }
    return name === "." ? above : `${above}${name}\\`;
  }
}
