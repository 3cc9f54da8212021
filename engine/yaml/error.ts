import type { Composed } from "./tree.js";

/** PyYAML's exception classes for texts that it cannot read or compose. */
export type SyntaxErrorKind = "ReaderError" | "ScannerError" | "ParserError" | "ComposerError";

/**
 * A text that stops the reading. Positions are offsets; `text.length + 1` stands for the start of the line that
 * libyaml imagines behind a last line without a line break.
 */
export class YamlSyntaxError extends Error {
  constructor(
    readonly kind: SyntaxErrorKind,
    readonly problem: string,
    readonly offset: number,
    readonly context?: string,
    readonly contextOffset?: number,
  ) {
    super(problem);
    this.name = kind;
  }
}

/** A ParserError. */
export function parserError(
  problem: string,
  offset: number,
  context?: string,
  contextOffset?: number,
): YamlSyntaxError {
  return new YamlSyntaxError("ParserError", problem, offset, context, contextOffset);
}

/** What stops the composing without an exception of PyYAML's. */
export class YamlLimitError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** An exception of PyYAML's constructor, or one of Python's that a text provoked in it. */
export class ConstructError extends Error {
  constructor(
    /** The exception's class; `BudgetError` where a limit of ours was reached. */
    readonly type: string,
    readonly problem: string,
    /** PyYAML's mark is its start. */
    readonly node: Composed,
    readonly context?: string,
    readonly contextNode?: Composed,
  ) {
    super(problem);
  }
}
