import { Char, isBreak } from "./cursor.js";

/** A place as PyYAML prints it: 1-based, columns in code points, lines as YAML 1.1 breaks them. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

/** @param offset UTF-16 offset; one beyond the text's end names the line behind its last one */
export function markAt(text: string, offset: number): Mark {
  if (offset > text.length) return { line: markAt(text, text.length).line + 1, column: 1 };
  let line = 1;
  let lineStart = text.charCodeAt(0) === Char.ByteOrderMark ? 1 : 0;
  for (let i = 0; i < offset; i++) {
    const code = text.charCodeAt(i);
    if (!isBreak(code)) continue;
    if (code === Char.Return && text.charCodeAt(i + 1) === Char.LineFeed) i++;
    line++;
    lineStart = i + 1;
  }
  return { line, column: [...text.slice(lineStart, offset)].length + 1 };
}

/** PyYAML's line of a message that names a place. */
export function describeMark(text: string, offset: number): string {
  const { line, column } = markAt(text, offset);
  return `  in "<unicode string>", line ${line}, column ${column}`;
}
