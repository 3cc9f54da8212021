import { closeSync, fstatSync, openSync, statSync } from "node:fs";
import { type ByteSource, bufferSource, CompoundFile, fileSource } from "./compound-file.js";
import { InstallerError } from "./installer-error.js";
import { MsiStrings, tableStreamName } from "./msi-strings.js";
import { readSummary, type SummaryInformation } from "./msi-summary.js";
import { type MsiCell, type MsiColumn, MsiTable } from "./msi-table.js";

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

/** More rows than any package has, in all tables together. */
const maxRows = 500_000;
const maxColumns = 255;

/** Reads the tables of an MSI file, and nothing else of it; see {@link readMsi}. */
export function readMsiFile(file: string): MsiDatabase {
  if (!statSync(file).isFile()) throw new InstallerError("Not a Windows Installer package: it is no file.");
  const descriptor = openSync(file, "r");
  try {
    return readDatabase(fileSource(descriptor, fstatSync(descriptor).size));
  } finally {
    closeSync(descriptor);
  }
}

/** Reads all tables of an MSI. @throws InstallerError when it is none, is damaged, or holds more than any package does */
export function readMsi(bytes: Uint8Array): MsiDatabase {
  return readDatabase(bufferSource(bytes));
}

function readDatabase(source: ByteSource): MsiDatabase {
  const container = new CompoundFile(source);
  const need = (name: string): Buffer => {
    const content = container.read(tableStreamName(name));
    if (!content) throw new InstallerError(`Not a Windows Installer package: it has no table ${name}.`);
    return content;
  };
  const strings = new MsiStrings(need("_StringPool"), need("_StringData"));
  const tables = new Map<string, MsiTable>();
  let rows = 0;
  for (const [name, columns] of readSchema(need("_Columns"), strings)) {
    const table = new MsiTable(name, columns, container.read(tableStreamName(name)) ?? Buffer.alloc(0), strings);
    tables.set(name, table);
    rows += table.rowCount;
    refuseTooMany(rows);
  }
  return {
    codepage: strings.codepage,
    tables,
    summary: readSummary(container.read("\u0005SummaryInformation")),
    rows(name) {
      const table = tables.get(name);
      if (!table) return [];
      return table.rows().map((row) => Object.fromEntries(table.columns.map((column, at) => [column.name, row[at]!])));
    },
  };
}

function refuseTooMany(rows: number): void {
  if (rows > maxRows)
    throw new InstallerError(`Winrepo stopped reading the package: its tables have more than ${maxRows} rows.`);
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
  const described = new MsiTable("_Columns", schema, content, strings);
  refuseTooMany(described.rowCount);
  for (const [table, number, name, type] of described.rows()) {
    const isColumn = typeof table === "string" && typeof number === "number" && typeof type === "number";
    if (!isColumn || number < 1 || number > maxColumns) {
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
