import type { Span } from "../../../problem.js";
import type { ExpressionParser } from "../expression-parser.js";
import type { Statement } from "../nodes.js";
import type { TokenRule } from "../token.js";
import type { TokenStream } from "../token-stream.js";

/** Reads one statement; the begin of its tag is taken, its name is the current token. */
export type ParseTag = (reader: TagReader) => Statement;

/** What the parsers of the single tags work with. */
export interface TagReader {
  readonly tokens: TokenStream;
  readonly expressions: ExpressionParser;
  /** Where the tag that was opened last begins. */
  readonly tagStart: number;
  /** The end of the opening tag and the body behind it, up to one of the `ends`; with `drop` that one is taken too. */
  body(ends: readonly TokenRule[], drop?: boolean): { body: Statement[]; tag: Span };
}

/** Takes the name of the tag: where its statement begins and its line. */
export function takeTagName({ tagStart, tokens }: TagReader): { start: number; line: number; name: string } {
  const { line, value } = tokens.next();
  return { start: tagStart, line, name: value };
}

/** The span of a statement whose last tag is being read: to that tag's end. */
export function spanFrom(start: number, { tokens }: TagReader): Span {
  return { start, end: Math.max(start, tokens.at("block_end") ? tokens.current.end : tokens.lastEnd) };
}

/** A statement without a body: from its name to the end of its tag. */
export function singleTag<S extends Statement>(
  reader: TagReader,
  make: (place: Span & { line: number; tag: Span }, name: string) => S,
): S {
  const { start, line, name } = takeTagName(reader);
  const statement = make({ start, end: start, line, tag: { start, end: start } }, name);
  const span = spanFrom(start, reader);
  return { ...statement, ...span, tag: span };
}
