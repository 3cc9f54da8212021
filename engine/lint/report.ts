import type { Severity, Span } from "../problem.js";
import type { Fix, RelatedPlace } from "./finding.js";

/** What a rule reports; the runner adds file, code, severity and profiles. */
export interface Report {
  /** A place in the source. */
  readonly range: Span;
  readonly message: string;
  /** What Salt does; the rule's `meta.salt` when absent. */
  readonly salt?: string;
  readonly advice?: string;
  /** Without `file`: in the file itself. */
  readonly related?: readonly (Omit<RelatedPlace, "file"> & { readonly file?: string })[];
  readonly fix?: Fix;
  readonly suggestions?: readonly Fix[];
  /**
   * Which of several like things this is ("firefox 1.10"). One template line that a loop renders 800 times is
   * reported once; the message then says for how many subjects it holds.
   */
  readonly subject?: string;
  /** A part of the source in which what definitions' rules find is this report's consequence, and not reported. */
  readonly covers?: Span;
  /** Instead of the rule's own severity, for findings that are worse or milder than the rule's usual. */
  readonly severity?: Severity;
}
