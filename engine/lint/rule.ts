import type { Severity, Span } from "../problem.js";
import type { DefinitionContext } from "./definition-context.js";
import type { Fix, RelatedPlace } from "./finding.js";
import type { DocumentSummary } from "./summary.js";
import type { TemplateContext } from "./template-context.js";

/** What the rule page, the editor's hover over a code and SARIF say about a rule. */
export interface RuleMeta {
  /** Stable name, e.g. `version-not-string`. Settings, suppressions and baselines key on it. */
  readonly code: string;
  /** One short sentence: what the rule finds. */
  readonly title: string;
  /** The level when nothing else is set. `off` rules run only when the project file switches them on. */
  readonly severity: Severity | "off";
  /** What Salt does with such a definition. */
  readonly salt: string;
  /** Why it matters, and when it is fine to switch the rule off. */
  readonly why: string;
  readonly example: { readonly bad: string; readonly good: string };
  /** `fix`: applied by `--fix` and fix-all. `suggestion`: offered where a person chooses. */
  readonly fixable: "fix" | "suggestion" | "no";
}

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
  /** Instead of the rule's own severity, for findings that are worse or milder than the rule's usual. */
  readonly severity?: Severity;
}

/** Names a problem that rendering itself finds (syntax and runtime errors of Jinja and YAML). */
export interface ProblemRule {
  readonly kind: "problem";
  readonly meta: RuleMeta;
}

/** Looks at what one profile's rendering gave. */
export interface DefinitionRule {
  readonly kind: "definition";
  readonly meta: RuleMeta;
  check(context: DefinitionContext): void;
}

/** Looks at the source itself, the same for every profile. */
export interface TemplateRule {
  readonly kind: "template";
  readonly meta: RuleMeta;
  check(context: TemplateContext): void;
}

export interface WorkspaceReport extends Report {
  readonly file: string;
}

/** Looks across files, one profile at a time, on the summaries alone. */
export interface WorkspaceRule {
  readonly kind: "workspace";
  readonly meta: RuleMeta;
  check(summaries: readonly DocumentSummary[], profile: string, report: (report: WorkspaceReport) => void): void;
}

export type Rule = ProblemRule | DefinitionRule | TemplateRule | WorkspaceRule;
