import { InstallerError } from "./installer-error.js";
import type { MsiStrings } from "./msi-strings.js";

export interface MsiColumn {
  readonly name: string;
  /** A `binary` cell is held in a stream of its own; here it is 1 where there is one. */
  readonly kind: "string" | "integer" | "binary";
  /** Bytes of an integer, greatest length of a string (0: no limit). */
  readonly size: number;
  readonly nullable: boolean;
  readonly localizable: boolean;
  readonly key: boolean;
}

export type MsiCell = string | number | null;

/** One table of a package. Its rows are made when they are asked for: most tables of a package are never looked at. */
export class MsiTable {
  readonly rowCount: number;
  readonly #widths: readonly number[];

  /** @param content the table's stream, which holds one column after the other */
  constructor(
    readonly name: string,
    readonly columns: readonly MsiColumn[],
    readonly content: Buffer,
    readonly strings: MsiStrings,
  ) {
    this.#widths = columns.map((column) => {
      if (column.kind === "string") return strings.referenceSize;
      return column.kind === "binary" || column.size <= 2 ? 2 : 4;
    });
    const rowSize = this.#widths.reduce((sum, width) => sum + width, 0);
    this.rowCount = rowSize === 0 ? 0 : Math.floor(content.length / rowSize);
  }

  /** In the order of the file. An empty string and null are one in a string column: null. */
  rows(): MsiCell[][] {
    const rows: MsiCell[][] = Array.from({ length: this.rowCount }, () => []);
    let at = 0;
    for (const [index, column] of this.columns.entries()) {
      const width = this.#widths[index]!;
      for (const row of rows) {
        row.push(this.#cell(this.content.readUIntLE(at, width), column, width));
        at += width;
      }
    }
    return rows;
  }

  #cell(raw: number, column: MsiColumn, width: number): MsiCell {
    if (raw === 0) return null;
    if (column.kind === "string") {
      const text = this.strings.get(raw);
      if (text === undefined) {
        throw new InstallerError(
          `Damaged Windows Installer package: table ${this.name} names a text that is not there.`,
        );
      }
      return text;
    }
    if (column.kind === "binary") return raw;
    // Integers are kept with their sign bit turned, so that zero can stand for null.
    return raw - (width === 2 ? 0x8000 : 0x80000000);
  }
}
