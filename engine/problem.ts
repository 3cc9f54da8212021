/** A half-open range of UTF-16 offsets in one text. Offsets become lines and columns only at the edge (LSP, terminal). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = "error" | "warning" | "information" | "hint";

/** Why it is not known what Salt does: a limit of Winrepo's own was reached, or only a minion can answer. */
export type Undecided = "limit" | "not-run";

/** How a problem says that a limit of ours was reached. @param limit a sentence: which limit */
export function stoppedAt(limit: string): string {
  return `Winrepo stops here: ${limit.charAt(0).toLowerCase()}${limit.slice(1)}`;
}

/** Something wrong in a text. The engine returns these; it does not throw them. */
export interface Problem {
  /** Stable name, e.g. `jinja-undefined`. Tests, fixes and suppressions key on it. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Offsets in the text that was handed in. */
  readonly range: Span;
  /** The 1-based line that Jinja, PyYAML or Salt names. */
  readonly line: number;
  /** The Python exception's class where one would be raised, e.g. `UndefinedError`. */
  readonly exception?: string;
  /** Salt's own wording of it, as it stands in a minion's answer, where Salt has one. */
  readonly salt?: string;
  /** Set where Winrepo cannot tell what Salt does: such a problem quotes no exception and no answer of Salt. */
  readonly undecided?: Undecided;
  /** Set where Salt does not get to: it stops at an error before this one. */
  readonly unreached?: true;
  /** What to do about it, a sentence. */
  readonly advice?: string;
  /** Python's `str` of the exception, where it says more than `message`: PyYAML's names its places. */
  readonly printed?: string;
}
