import type { Span } from "../../../engine/problem.js";
import type { LexedTemplate } from "../../../engine/template/syntax/lexer.js";
import type { SyntaxSettings } from "../../../engine/template/syntax/settings.js";
import type { Token } from "../../../engine/template/syntax/token.js";

/** Where a place in a template lies. */
export type JinjaPlace = { readonly kind: "text" } | { readonly kind: "comment" } | TagPlace;

/** A place within a tag, between its delimiters. */
export interface TagPlace {
  readonly kind: "statement" | "expression";
  /** What is between the tag's delimiters. */
  readonly content: Span;
  /** The tokens of the tag before the one at the place. */
  readonly before: readonly Token[];
  /** The name, number or string that the place lies in or behind; empty where nothing is typed yet. */
  readonly word: Span;
  /** The text of the string before the place, when the word is a string. */
  readonly string: string | undefined;
}

/**
 * Where an offset of a text lies.
 * @param lexed the text's tokens, read with recovery and these settings
 */
export function jinjaAt(text: string, lexed: LexedTemplate, offset: number, settings: SyntaxSettings): JinjaPlace {
  if (lexed.comments.some((comment) => isInComment(text, comment, offset, settings))) return { kind: "comment" };
  const { tokens } = lexed;
  const begin = lastIndexWhere(tokens, ({ type, start }) => type.endsWith("_begin") && start < offset);
  const opening = tokens[begin];
  const begins = opening?.type === "variable_begin" ? settings.variableStart : settings.blockStart;
  if (!opening || offset < opening.start + begins.length) return { kind: "text" };
  const content: Token[] = [];
  let end = text.length;
  for (const token of tokens.slice(begin + 1)) {
    if (token.type.endsWith("_end")) {
      end = token.start;
      break;
    }
    if (token.type !== "eof") content.push(token);
  }
  if (offset > end) return { kind: "text" };
  const at = content.find((token) => isWord(token) && token.start < offset && offset <= token.end);
  return {
    kind: opening.type === "variable_begin" ? "expression" : "statement",
    content: { start: opening.end, end },
    before: content.filter((token) => token !== at && token.end <= offset),
    word: at ? { start: at.start, end: at.end } : { start: offset, end: offset },
    string: at && stringBefore(text, at, offset),
  };
}

function isInComment(text: string, { start, end }: Span, offset: number, settings: SyntaxSettings): boolean {
  const { commentStart, commentEnd } = settings;
  const isClosed = text.endsWith(commentEnd, end);
  return start + commentStart.length <= offset && offset <= (isClosed ? end - commentEnd.length : end);
}

function isWord({ type }: Token): boolean {
  return type === "name" || type === "string" || type === "integer" || type === "float";
}

/** Undefined behind the string's closing quote. */
function stringBefore(text: string, { type, start, end }: Token, offset: number): string | undefined {
  if (type !== "string") return undefined;
  const isClosed = end - start > 1 && text[end - 1] === text[start];
  return isClosed && offset === end ? undefined : text.slice(start + 1, offset);
}

function lastIndexWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  for (let index = items.length - 1; index >= 0; index--) if (holds(items[index] as T)) return index;
  return -1;
}
