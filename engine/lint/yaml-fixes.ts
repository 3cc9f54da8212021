import { findKey } from "../definition/keys.js";
import type { LineTable } from "../lines.js";
import type { Problem, Span } from "../problem.js";
import { loadYaml } from "../yaml/index.js";
import type { TextEdit } from "./finding.js";
import { applyEdits } from "./fix.js";
import type { Report } from "./report.js";

/** In characters: nobody writes longer lines by hand, and a machine's are looked at in vain. */
const longestLine = 2000;
/** How many places are tried: each try reads the whole text again. */
const mostTries = 20;

type YamlFix = Partial<Pick<Report, "fix" | "suggestions" | "advice" | "message" | "range" | "related">>;

/**
 * What was meant where the rendered text is no YAML. Each change is tried: it counts when YAML then comes further.
 * @param rendered the text that YAML saw
 */
export function yamlFix(problem: Problem, lines: LineTable, rendered: string): YamlFix {
  return (
    openQuote(problem, lines, rendered) ??
    tabs(problem, lines) ??
    missingColon(problem, lines, rendered) ??
    unquoted(problem, lines, rendered) ??
    {}
  );
}

/** A quote that nothing closes on its line swallows the lines below; PyYAML complains where the next quote ends it. */
function openQuote(problem: Problem, lines: LineTable, rendered: string): YamlFix | undefined {
  const last = lines.lineAt(problem.range.start);
  let tries = 0;
  for (let line = 0; line <= last && tries < mostTries; line++) {
    const text = lines.lineText(line);
    const opening = openQuoteOf(text);
    if (!opening) continue;
    tries++;
    const at = lines.startOf(line) + opening.end;
    const edit = { range: { start: at, end: at }, newText: opening.quote };
    if (!helps(lines, line, [edit], rendered)) continue;
    const range = { start: lines.startOf(line) + opening.start, end: at };
    const wording = problem.message.replace(/\.$/, "");
    return {
      range,
      message: `The quote that opens in line ${line + 1} is not closed there; YAML notices in line ${last + 1}: ${wording}.`,
      advice: `Close the quote in line ${line + 1}.`,
      fix: { title: "Close the quote", edits: [edit] },
      ...(last > line && { related: [{ range: problem.range, message: "here YAML notices" }] }),
    };
  }
  return undefined;
}

/** Where a scalar in quotes opens that its line does not close, and where its closing quote belongs. */
function openQuoteOf(line: string): { start: number; end: number; quote: string } | undefined {
  if (line.length > longestLine) return undefined;
  const text = withoutJinja(line);
  const opening = /^(\s*(?:- +)*(?:[^\s'"#:][^'"#:]*:\s+|'[^']*':\s+|"[^"]*":\s+)?)(['"])/.exec(text);
  if (!opening?.[2]) return undefined;
  const start = (opening[1] as string).length;
  const rest = text.slice(start + 1).replace(opening[2] === "'" ? /''/g : /\\./g, "xx");
  if (rest.includes(opening[2])) return undefined;
  const trimmed = text.trimEnd().length;
  const isKey = text.slice(0, start).trim() === "" && text.trimEnd().endsWith(":");
  return { start, end: isKey ? trimmed - 1 : trimmed, quote: opening[2] };
}

function withoutJinja(line: string): string {
  return line.replace(/\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|\{#[^\n]*?#\}/g, (tag) => "x".repeat(tag.length));
}

/** Tabs in the indentation of any line. */
function tabs(problem: Problem, lines: LineTable): YamlFix | undefined {
  if (!problem.advice?.includes("does not allow tabs")) return undefined;
  const edits: TextEdit[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    const indent = /^[ \t]*/.exec(lines.lineText(line))?.[0] ?? "";
    if (!indent.includes("\t")) continue;
    const start = lines.startOf(line);
    edits.push({ range: { start, end: start + indent.length }, newText: indent.replaceAll("\t", "  ") });
  }
  return edits.length > 0 ? { suggestions: [{ title: "Indent with blanks", edits }] } : undefined;
}

/** A key without its colon, or without the blank behind it: on the line of the complaint or on the one above. */
function missingColon(problem: Problem, lines: LineTable, rendered: string): YamlFix | undefined {
  const last = lines.lineAt(problem.range.start);
  for (let line = last; line >= Math.max(0, last - 1); line--) {
    const text = lines.lineText(line);
    const edit = colonEdit(text, lines.startOf(line));
    if (!edit || !helps(lines, line, [edit], rendered)) continue;
    const what = edit.newText === " " ? "A blank belongs behind the colon" : "A colon belongs behind the key";
    return {
      ...(line < last && { range: { start: lines.startOf(line) + indentOf(text), end: edit.range.end } }),
      advice: `${what} in line ${line + 1}.`,
      fix: { title: edit.newText === " " ? "Insert a blank" : "Insert a colon", edits: [edit] },
    };
  }
  return undefined;
}

function colonEdit(text: string, lineStart: number): TextEdit | undefined {
  const at = (offset: number, newText: string) => ({
    range: { start: lineStart + offset, end: lineStart + offset },
    newText,
  });
  const glued = /^(\s*)([a-z_]+):(?=\S)/.exec(text);
  if (glued?.[2] && findKey(glued[2])) return at(glued[0].length, " ");
  const spaced = /^(\s*)([a-z_]+)(?=\s+\S)/.exec(text);
  if (spaced?.[2] && findKey(spaced[2])) return at(spaced[0].length, ":");
  const alone = /^\s*(?:'[^']*'|"[^"]*"|[\w.+-]+)(?=\s*$)/.exec(text);
  return alone ? at(alone[0].length, ":") : undefined;
}

/** A value that begins with a character that means something to YAML. */
function unquoted(problem: Problem, lines: LineTable, rendered: string): YamlFix | undefined {
  const line = lines.lineAt(problem.range.start);
  const text = lines.lineText(line);
  if (text.length > longestLine) return undefined;
  const value = /^(\s*(?:- +)*[\w.'" +-]+:\s+)([%@`{[*&!|>].*?)\s*(?:\s#.*)?$/.exec(text);
  const written = value?.[2];
  if (!value?.[1] || !written || written.includes("'") || /\{[{%#]/.test(written)) return undefined;
  const start = lines.startOf(line) + value[1].length;
  const range: Span = { start, end: start + written.length };
  const edit = { range, newText: `'${written}'` };
  if (!helps(lines, line, [edit], rendered)) return undefined;
  return {
    range,
    advice: `Quote a value that begins with ${written.charAt(0)}.`,
    fix: { title: "Quote the value", edits: [edit] },
  };
}

/**
 * Whether YAML reads further with a change of one line. The line is looked for in the rendered text; where Jinja made
 * it another one it cannot be told.
 */
function helps(lines: LineTable, line: number, edits: readonly TextEdit[], rendered: string): boolean {
  const text = lines.lineText(line);
  const place = placeOf(text, rendered);
  const before = loadYaml(rendered).problems.find(({ severity }) => severity === "error");
  if (place < 0 || !before) return false;
  const shift = place - lines.startOf(line);
  const moved = edits.map(({ range, newText }) => ({
    range: { start: range.start + shift, end: range.end + shift },
    newText,
  }));
  const after = loadYaml(applyEdits(rendered, moved)).problems.find(({ severity }) => severity === "error");
  return !after || after.range.start > before.range.start + text.length;
}

function placeOf(line: string, rendered: string): number {
  if (rendered.startsWith(`${line}\n`)) return 0;
  const found = rendered.indexOf(`\n${line}\n`);
  return found < 0 ? -1 : found + 1;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
