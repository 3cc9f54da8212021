import type { LineTable } from "../../engine/lines.js";

/** Where a place lies in a YAML file in block style, by indentation alone: works while a line is being typed. */
export interface YamlPlace {
  /** The keys above it; `-` for an item of a list. */
  readonly path: readonly string[];
  /** The key of the line itself, when the place lies behind its colon or on it. */
  readonly key: { readonly name: string; readonly start: number; readonly end: number } | undefined;
  readonly side: "key" | "value";
}

const linePattern = /^(\s*)((?:-\s+)*)(?:([\w.$*/-]+|'[^']*'|"[^"]*")\s*:(?=\s|$))?/;

export function yamlPlaceAt(lines: LineTable, offset: number): YamlPlace {
  const line = lines.lineAt(offset);
  const text = lines.lineText(line);
  const { indent, dashes, key } = readLine(text);
  const column = offset - lines.startOf(line);
  const path: string[] = [];
  let width = indent + dashes.length;
  for (const dash of dashes.matchAll(/-/g)) path.unshift(dash[0]);
  width = dashes === "" ? Math.min(indent, column) : indent;
  for (let above = line - 1; above >= 0 && (width > 0 || path[0] === "-"); above--) {
    const other = lines.lineText(above);
    if (/^\s*(#|$)/.test(other)) continue;
    const upper = readLine(other);
    const inner = upper.indent + upper.dashes.length;
    // A list may stand at the very indentation of its key.
    const owns =
      upper.key !== undefined && (inner < width || (inner === width && path[0] === "-" && upper.dashes === ""));
    if (owns && upper.key !== undefined) {
      path.unshift(upper.key);
      width = inner;
    }
    if (upper.dashes !== "" && upper.indent < width) {
      path.unshift("-");
      width = upper.indent;
    }
  }
  const start = lines.startOf(line) + indent + dashes.length;
  const end = start + (key?.length ?? 0);
  const named = key === undefined ? undefined : { name: key, start, end };
  return { path, key: named, side: named && offset > end ? "value" : "key" };
}

function readLine(text: string): { indent: number; dashes: string; key: string | undefined } {
  const [, indent = "", dashes = "", key] = linePattern.exec(text) ?? [];
  return { indent: indent.length, dashes, key: key?.replace(/^(['"])(.*)\1$/, "$2") };
}
