import type { LineTable } from "../lines.js";
import type { Problem, Span } from "../problem.js";
import type { Report } from "./report.js";
import type { TemplateView } from "./template-view.js";

/** Changes for problems that rendering found, as far as their code and place tell what was meant. */
export function problemFixes(
  problem: Problem,
  lines: LineTable,
  template: TemplateView | undefined,
): Pick<Report, "fix" | "suggestions" | "advice"> {
  if (problem.code === "jinja-unclosed-block") return endTag(lines, template);
  if (problem.code === "jinja-unknown-tag") return elseif(problem, lines);
  if (problem.code === "jinja-syntax" && problem.message.endsWith("got '='")) return comparison(problem, lines);
  if (problem.code === "yaml-syntax" && /escape character|hexdecimal number/.test(problem.message)) {
    return backslash(problem, lines);
  }
  return {};
}

/** The end tag of the innermost block that nothing closes: where the text is indented less than its opening tag, or at the end. */
function endTag(lines: LineTable, template: TemplateView | undefined): Pick<Report, "suggestions"> {
  const open = template?.openBlocks().at(-1);
  const name = open && /^\{%[-+]?\s*(\w+)/.exec(lines.text.slice(open.start))?.[1];
  if (!open || !name) return {};
  const first = lines.lineAt(open.start);
  const indent = /^[ \t]*/.exec(lines.lineText(first))?.[0] ?? "";
  let line = lines.lineAt(open.end) + 1;
  while (line < lines.lineCount && !isShallower(lines.lineText(line), indent.length)) line++;
  const tag = `{% end${name.startsWith("load_") ? "load" : name} %}`;
  const { text } = lines;
  const atEnd = line >= lines.lineCount;
  const at = atEnd ? text.length : lines.startOf(line);
  const newText = atEnd && !text.endsWith("\n") ? `\n${indent}${tag}\n` : `${indent}${tag}\n`;
  return { suggestions: [{ title: `Insert ${tag}`, edits: [{ range: { start: at, end: at }, newText }] }] };
}

function isShallower(text: string, indent: number): boolean {
  return text.trim() !== "" && text.length - text.trimStart().length < indent;
}

function elseif({ range }: Problem, { text }: LineTable): Pick<Report, "fix" | "advice"> {
  if (text.slice(range.start, range.end) !== "elseif") return {};
  return { advice: "Write elif.", fix: { title: "Change to elif", edits: [{ range, newText: "elif" }] } };
}

/** `=` in a condition: Python's assignment, where a comparison was meant. */
function comparison({ range }: Problem, { text }: LineTable): Pick<Report, "fix" | "advice"> {
  const tag = text.slice(text.lastIndexOf("{%", range.start), range.start);
  if (!/^\{%[-+]?\s*(?:el)?if\b/.test(tag)) return {};
  return { advice: "Write == to compare.", fix: { title: "Change to ==", edits: [{ range, newText: "==" }] } };
}

/** A backslash in double quotes: mostly a path, which single quotes leave alone. */
function backslash({ range }: Problem, lines: LineTable): Pick<Report, "suggestions"> {
  const quoted = doubleQuoted(lines, range);
  const inner = quoted && lines.text.slice(quoted.start + 1, quoted.end - 1);
  if (!inner || inner.includes("'") || inner.includes('\\"')) return {};
  return { suggestions: [{ title: "Use single quotes", edits: [{ range: quoted, newText: `'${inner}'` }] }] };
}

/** The text in double quotes that a place lies in, on its own line. */
function doubleQuoted(lines: LineTable, { start }: Span): Span | undefined {
  const line = lines.lineAt(start);
  const lineStart = lines.startOf(line);
  for (const match of lines.lineText(line).matchAll(/"(?:[^"\\]|\\.)*"|"[^"]*"/g)) {
    const from = lineStart + match.index;
    if (from <= start && start <= from + match[0].length) return { start: from, end: from + match[0].length };
  }
  return undefined;
}
