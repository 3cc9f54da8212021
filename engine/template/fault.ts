import type { Span } from "../problem.js";

/** What is wrong with a template and where: a problem before it is put into words for people. */
export interface Fault {
  readonly code: FaultCode;
  /** The class that Jinja or Python raises. */
  readonly exception: string;
  /** The exception's own text. */
  readonly message: string;
  readonly range: Span;
  /** The line that Jinja names, 1-based. */
  readonly line: number;
  /** Where it was raised, when that was in a template that this one loads. */
  readonly imported?: { readonly path: string; readonly line: number };
}

export type FaultCode =
  | "jinja-syntax"
  | "jinja-unclosed-block"
  | "jinja-unknown-tag"
  | "jinja-unknown-filter"
  | "jinja-unknown-test"
  | "jinja-undefined"
  | "jinja-runtime"
  | "jinja-unpack-mismatch"
  | "jinja-security"
  | "jinja-template-not-found"
  | "jinja-not-run"
  | "jinja-budget";
