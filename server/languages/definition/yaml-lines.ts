import type { LineTable } from "../../../engine/lines.js";

/**
 * A definition's lines by their indentation: what is known of a text that is no YAML yet. Lines of Jinja between keys
 * belong to what is around them; blank lines and comments say nothing.
 */
export interface KeyLine {
  readonly line: number;
  readonly indent: number;
  /** Without its quotes. */
  readonly key: string;
  /** What stands behind the colon, as written. */
  readonly value: string;
}

const keyPattern = /^\s*('[^']*'|"[^"]*"|\{\{.*?\}\}|[^\s:#'"{][^:#]*?)\s*:(?:\s+(.*?))?\s*$/;

export function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Whether a line is one of the text's own: not blank, no comment, no tag. */
export function isContent(text: string): boolean {
  return !/^\s*(\{[%#]|#|$)/.test(text);
}

/** The keys at one indentation around a line, as far as nothing of less comes between; the line itself left out. */
export function keysAround(lines: LineTable, line: number, indent: number): KeyLine[] {
  const found: KeyLine[] = [];
  for (const step of [-1, 1]) {
    for (let at = line + step; at >= 0 && at < lines.lineCount; at += step) {
      const text = lines.lineText(at);
      if (!isContent(text)) continue;
      if (indentOf(text) < indent) break;
      const key = indentOf(text) === indent ? keyLine(lines, at) : undefined;
      if (key) found.push(key);
    }
  }
  return found;
}

/** The key that a line of some indentation lies below. */
export function parentOf(lines: LineTable, line: number, indent: number): KeyLine | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const text = lines.lineText(at);
    if (isContent(text) && indentOf(text) < indent) return keyLine(lines, at);
  }
  return undefined;
}

export function keyLine(lines: LineTable, line: number): KeyLine | undefined {
  const text = lines.lineText(line);
  const [, key, value = ""] = keyPattern.exec(text) ?? [];
  return key === undefined
    ? undefined
    : { line, indent: indentOf(text), key: key.replace(/^(['"])(.*)\1$/, "$2"), value };
}
