import { readFile, stat } from "node:fs/promises";
import { InstallerError } from "./installer-error.js";
import type { CFB$Container } from "./lazy-cfb.js";
import { MsiStrings, tableStreamName } from "./msi-strings.js";
import { readSummary, type SummaryInformation } from "./msi-summary.js";

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

export interface MsiTable {
  readonly name: string;
  readonly columns: readonly MsiColumn[];
  /** In the order of the file. An empty string and null are one in a string column: null. */
  readonly rows: readonly (readonly MsiCell[])[];
}

export type MsiRow = { readonly [column: string]: MsiCell };

/** The database of a Windows Installer package. */
export interface MsiDatabase {
  /** Windows code page of its texts; 0 stands for the machine's own. */
  readonly codepage: number;
  readonly tables: ReadonlyMap<string, MsiTable>;
  readonly summary: SummaryInformation;
  /** The rows of a table as objects; none where the table is absent. */
  rows(table: string): MsiRow[];
}

const maxSize = 1024 ** 3;

/** Reads all tables of an MSI file; see {@link readMsi}. */
export async function readMsiFile(file: string): Promise<MsiDatabase> {
  if ((await stat(file)).size > maxSize) throw new InstallerError("The package is larger than 1 GB; it is not read.");
  return readMsi(await readFile(file));
}

/** Reads all tables of an MSI. Rejects with {@link InstallerError} when it is none or is damaged. */
export async function readMsi(bytes: Uint8Array): Promise<MsiDatabase> {
  const streams = await openStreams(bytes);
  const need = (name: string): Buffer => {
    const content = streams.get(tableStreamName(name));
    if (!content) throw new InstallerError(`Not a Windows Installer package: it has no table ${name}.`);
    return content;
  };
  const strings = new MsiStrings(need("_StringPool"), need("_StringData"));
  const tables = new Map<string, MsiTable>();
  for (const [name, columns] of readSchema(need("_Columns"), strings)) {
    const content = streams.get(tableStreamName(name));
    tables.set(name, { name, columns, rows: content ? readRows(content, columns, strings, name) : [] });
  }
  return {
    codepage: strings.codepage,
    tables,
    summary: readSummary(streams.get("\u0005SummaryInformation")),
    rows(name) {
      const table = tables.get(name);
      if (!table) return [];
      return table.rows.map((row) => Object.fromEntries(table.columns.map((column, at) => [column.name, row[at]!])));
    },
  };
}

async function openStreams(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const { parse } = await import("./lazy-cfb.js");
  let container: CFB$Container;
  try {
    container = parse(bytes, { type: "buffer" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InstallerError(`Not a Windows Installer package, or a damaged one (${reason}).`);
  }
  const streams = new Map<string, Buffer>();
  container.FileIndex.forEach((entry, at) => {
    // Streams of the root only: transforms and embedded packages are storages of their own.
    const path = container.FullPaths[at] ?? "";
    const isStream = entry.type === 2 && path.indexOf("/") === path.lastIndexOf("/");
    if (!isStream) return;
    // No copy where it can be helped: the cabinet with the files is as large as the package.
    const content = Buffer.isBuffer(entry.content) ? entry.content : Buffer.from(entry.content ?? []);
    streams.set(entry.name, content.subarray(0, entry.size));
  });
  return streams;
}

const schemaColumn = (name: string, kind: MsiColumn["kind"]): MsiColumn => {
  return { name, kind, size: kind === "integer" ? 2 : 64, nullable: false, localizable: false, key: false };
};
const schema = [
  schemaColumn("Table", "string"),
  schemaColumn("Number", "integer"),
  schemaColumn("Name", "string"),
  schemaColumn("Type", "integer"),
];

function readSchema(content: Buffer, strings: MsiStrings): Map<string, MsiColumn[]> {
  const tables = new Map<string, MsiColumn[]>();
  for (const [table, number, name, type] of readRows(content, schema, strings, "_Columns")) {
    if (typeof table !== "string" || typeof number !== "number" || typeof type !== "number" || number < 1) {
      throw new InstallerError("Damaged Windows Installer package: its table _Columns makes no sense.");
    }
    const columns = tables.get(table) ?? [];
    columns[number - 1] = columnOf(String(name), type);
    tables.set(table, columns);
  }
  for (const [table, columns] of tables) {
    if (columns.includes(undefined as never) || Object.keys(columns).length !== columns.length) {
      throw new InstallerError(`Damaged Windows Installer package: table ${table} lacks a column.`);
    }
  }
  return tables;
}

function columnOf(name: string, type: number): MsiColumn {
  const flags = type & 0xffff;
  const nullable = (flags & 0x1000) !== 0;
  const isText = (flags & 0x0800) !== 0;
  const size = flags & 0xff;
  const isBinary = isText && size === 0 && (flags & 0x0600) === 0 && (flags & 0x2000) === 0;
  const kind = isBinary ? "binary" : isText ? "string" : "integer";
  return { name, kind, size, nullable, localizable: (flags & 0x0200) !== 0, key: (flags & 0x2000) !== 0 };
}

/** A table's stream holds one column after the other. */
function readRows(content: Buffer, columns: readonly MsiColumn[], strings: MsiStrings, table: string): MsiCell[][] {
  const widths = columns.map((column) => {
    if (column.kind === "string") return strings.referenceSize;
    return column.kind === "binary" || column.size <= 2 ? 2 : 4;
  });
  const rowSize = widths.reduce((sum, width) => sum + width, 0);
  const count = rowSize === 0 ? 0 : Math.floor(content.length / rowSize);
  const rows: MsiCell[][] = Array.from({ length: count }, () => []);
  let at = 0;
  for (const [index, column] of columns.entries()) {
    const width = widths[index]!;
    for (const row of rows) {
      row.push(readCell(content.readUIntLE(at, width), column, width, strings, table));
      at += width;
    }
  }
  return rows;
}

function readCell(raw: number, column: MsiColumn, width: number, strings: MsiStrings, table: string): MsiCell {
  if (raw === 0) return null;
  if (column.kind === "string") {
    const text = strings.get(raw);
    if (text === undefined) {
      throw new InstallerError(`Damaged Windows Installer package: table ${table} names a text that is not there.`);
    }
    return text;
  }
  if (column.kind === "binary") return raw;
  // Integers are kept with their sign bit turned, so that zero can stand for null.
  return raw - (width === 2 ? 0x8000 : 0x80000000);
}
