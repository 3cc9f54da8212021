import { type Problem, type Span, stoppedAt } from "../problem.js";
import { adviceFor } from "./advice.js";
import type { ConstructError, YamlLimitError, YamlSyntaxError } from "./error.js";
import { describeMark, markAt } from "./marks.js";

/** One error in PyYAML's terms. */
interface Marked {
  readonly code: string;
  readonly exception: string;
  readonly problem: string;
  /** What to show. */
  readonly range: Span;
  /** PyYAML's mark. */
  readonly mark: number;
  readonly context?: string | undefined;
  readonly contextOffset?: number | undefined;
}

export function syntaxProblem(text: string, error: YamlSyntaxError): Problem {
  const { kind, problem, offset, context, contextOffset } = error;
  return describe(text, {
    code: syntaxCode(error),
    exception: kind,
    problem,
    range: opensAt(error) ? lineFrom(text, contextOffset ?? offset) : { start: offset, end: offset + 1 },
    mark: offset,
    context,
    contextOffset,
  });
}

/** PyYAML notices an open quote or a key without colon only further on; people look for it where it began. */
function opensAt({ problem, context }: YamlSyntaxError): boolean {
  return context === "while scanning a simple key" || /^found unexpected (?:end of stream|document)/.test(problem);
}

/** From an offset to the end of its line. */
function lineFrom(text: string, start: number): Span {
  const rest = text.slice(start);
  const length = rest.search(/[\r\n\u0085\u2028\u2029]/);
  const line = length < 0 ? rest : rest.slice(0, length);
  return { start, end: start + Math.max(line.trimEnd().length, 1) };
}

function syntaxCode({ kind, context }: YamlSyntaxError): string {
  if (kind !== "ComposerError") return "yaml-syntax";
  return context === "expected a single document in the stream" ? "yaml-multiple-documents" : "yaml-alias";
}

export function constructProblem(text: string, error: ConstructError): Problem {
  const { type, problem, context, contextNode } = error;
  const node = error.node.repeats ?? error.node;
  if (type === "BudgetError") return stopped(text, problem, node.span.start);
  return describe(text, {
    code: constructCode(error),
    exception: type,
    problem,
    range: node.span,
    mark: node.start,
    context,
    contextOffset: contextNode?.start,
  });
}

function constructCode({ type, problem }: ConstructError): string {
  if (type === "RecursionError") return "yaml-limit";
  if (type !== "ConstructorError") return "yaml-value";
  if (problem.startsWith("found conflicting ID")) return "yaml-duplicate-key";
  if (problem.startsWith("found unacceptable key")) return "yaml-unhashable-key";
  return problem.includes(" for merging, ") ? "yaml-merge" : "yaml-tag";
}

/** What we stop at; Salt would hang on some of it, and crash at some without a word. */
export function limitProblem(text: string, { message, offset }: YamlLimitError): Problem {
  return stopped(text, message, offset);
}

function stopped(text: string, message: string, offset: number): Problem {
  const range = { start: offset, end: Math.min(offset + 1, text.length) };
  const { line } = markAt(text, offset);
  return { code: "yaml-limit", severity: "error", message: stoppedAt(message), range, line, undecided: "limit" };
}

/** Values nested so deep, or in themselves, that Salt's own check of them overflows Python's stack. */
export function recursionProblem(text: string, offset: number): Problem {
  return describe(text, {
    code: "yaml-limit",
    exception: "RecursionError",
    problem: "maximum recursion depth exceeded",
    range: { start: offset, end: offset + 1 },
    mark: offset,
  });
}

/** A character that YAML forbids. */
export function readerProblem(text: string, offset: number): Problem {
  const code = text.codePointAt(offset) ?? 0;
  const position = new TextEncoder().encode(text.slice(0, offset)).length;
  const character = code.toString(16).padStart(4, "0");
  const message = `unacceptable character #x${character}: control characters are not allowed\n  in "<unicode string>", position ${position}`;
  return raised(text, offset, "ReaderError", message);
}

/** Half of a surrogate pair, which Python cannot encode. */
export function surrogateProblem(text: string, offset: number): Problem {
  const code = text.charCodeAt(offset).toString(16);
  const position = [...text.slice(0, offset)].length;
  const message = `'utf-8' codec can't encode character '\\u${code}' in position ${position}: surrogates not allowed`;
  return raised(text, offset, "UnicodeEncodeError", message);
}

function raised(text: string, offset: number, exception: string, message: string): Problem {
  return {
    code: "yaml-syntax",
    severity: "error",
    message,
    range: { start: offset, end: offset + 1 },
    line: markAt(text, offset).line,
    exception,
    salt: `Failed to read, ${message} `,
    ...withAdvice(message, text, offset),
  };
}

function describe(text: string, error: Marked): Problem {
  const { code, exception, problem, range, mark } = error;
  const end = Math.min(range.end, text.length);
  return {
    code,
    severity: "error",
    message: problem,
    range: { start: Math.min(range.start, end), end },
    line: markAt(text, mark).line,
    exception,
    salt: saltMessage(text, error),
    printed: printed(text, error),
    ...withAdvice(problem, text, mark),
  };
}

function withAdvice(problem: string, text: string, offset: number): { readonly advice?: string } {
  const advice = adviceFor(problem, String.fromCodePoint(text.codePointAt(offset) ?? 0));
  return advice === undefined ? {} : { advice };
}

/**
 * What genrepo notes for the file (salt-reference §2.4): scanner errors lose their place, PyYAML's others are printed
 * in full.
 */
function saltMessage(text: string, error: Marked): string {
  const { exception, problem } = error;
  switch (exception) {
    case "ScannerError":
      return `Failed to compile, ${problem} `;
    case "ParserError":
    case "ConstructorError":
      return `Failed to compile, ${printed(text, error)} `;
    case "ComposerError":
      return `Failed to read, ${printed(text, error)} `;
    default:
      return `Failed to read, ${problem} `;
  }
}

/** Python's `str` of the exception. */
function printed(text: string, { problem, mark, context, contextOffset }: Marked): string {
  const place = describeMark(text, mark);
  const lines: string[] = [];
  if (context !== undefined) {
    lines.push(context);
    const contextPlace = contextOffset === undefined ? place : describeMark(text, contextOffset);
    if (contextPlace !== place) lines.push(contextPlace);
  }
  lines.push(problem, place);
  return lines.join("\n");
}
