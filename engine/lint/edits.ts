import type { Span } from "../problem.js";
import type { YamlNode } from "../yaml/node.js";
import type { DefinitionContext } from "./definition-context.js";
import type { Fix, TextEdit } from "./finding.js";

/**
 * Puts single quotes around a plain scalar where it is written, braces of Jinja included. Undefined where the place
 * cannot be quoted surely: made by a macro elsewhere, or with a quote in it.
 */
export function quoteScalar(context: DefinitionContext, node: YamlNode, title: string): Fix | undefined {
  if (node.kind !== "scalar" || node.style !== "plain" || !context.locator.isInFile(node.span)) return undefined;
  return quoteRange(context, context.written(node), title);
}

/** Puts single quotes around a range of the source that stands on one line. */
export function quoteRange(context: DefinitionContext, range: Span, title: string): Fix | undefined {
  const text = context.text(range);
  const before = context.source[range.start - 1] ?? "\n";
  const after = context.source[range.end] ?? "\n";
  const alone = /[\s,[{(:]/.test(before) && /[\s,\]}):]/.test(after);
  if (text === "" || !alone || /[\r\n]/.test(text) || /%\}|\{%/.test(text)) return undefined;
  // Quotes inside {{ … }} are Jinja's and do not reach YAML.
  if (text.replace(/\{\{(?:(?!\{\{).)*?\}\}/g, "").includes("'")) return undefined;
  return {
    title,
    edits: [
      { range: { start: range.start, end: range.start }, newText: "'" },
      { range: { start: range.end, end: range.end }, newText: "'" },
    ],
  };
}

/** Replaces text that stands literally in the source: every character of the node's range is the author's own. */
export function replaceLiteral(
  context: DefinitionContext,
  output: Span,
  newText: string,
  title: string,
): Fix | undefined {
  if (!context.locator.isLiteral(output)) return undefined;
  return { title, edits: [{ range: context.locator.written(output), newText }] };
}

/** A new `key: value` line behind a pair, indented as the pair's key. */
export function insertAttribute(context: DefinitionContext, after: YamlNode, key: YamlNode, line: string): TextEdit {
  const end = context.written(after).end;
  const keyStart = context.written(key).start;
  const lineStart = context.source.lastIndexOf("\n", keyStart - 1) + 1;
  const indent = /^\s*/.exec(context.source.slice(lineStart, keyStart))?.[0] ?? "";
  const lineEnd = endOfLine(context.source, end);
  return { range: { start: lineEnd, end: lineEnd }, newText: `\n${indent}${line}` };
}

function endOfLine(text: string, offset: number): number {
  const index = text.slice(offset).search(/\r?\n|$/);
  return offset + index;
}
