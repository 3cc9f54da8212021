import type { Severity } from "../problem.js";
import type { DefinitionContext } from "./definition-context.js";
import type { Report } from "./report.js";
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
  /** Whether Salt takes nothing from a file with such an error, or no file at all: no setting and no comment switches it off. */
  readonly rejects?: true;
  /** What Salt does with such a definition. */
  readonly salt: string;
  /** Why it matters, and when it is fine to switch the rule off. */
  readonly why: string;
  readonly example: { readonly bad: string; readonly good: string };
  /** `fix`: applied by `--fix` and fix-all. `suggestion`: offered where a person chooses. */
  readonly fixable: "fix" | "suggestion" | "no";
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
