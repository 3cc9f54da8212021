import type { Profile } from "../config/profile.js";
import { LineTable } from "../lines.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { rendererPipe } from "../render/renderer-pipe.js";
import { Collector } from "./collector.js";
import { DefinitionContext } from "./definition-context.js";
import type { Finding } from "./finding.js";
import { problemReport } from "./problem-report.js";
import type { DefinitionRule, Rule, TemplateRule } from "./rule.js";
import { ruleByCode, rules } from "./rules/index.js";
import { notADefinition } from "./rules/not-a-definition.js";
import type { LintSettings } from "./settings.js";
import { type DocumentSummary, summarize } from "./summary.js";
import { readSuppressions, type Suppression } from "./suppressions.js";
import { TemplateContext } from "./template-context.js";

export interface LintOptions {
  readonly settings: LintSettings;
  /** Attribute names that the project uses beyond Salt's own. */
  readonly knownKeys: readonly string[];
  /** The facts behind the names in `RenderedDefinition.profile`. */
  readonly profiles: readonly Profile[];
}

export interface DocumentInput {
  /** Shown in findings, matched by per-path settings: relative to the project's folder, with `/`. */
  readonly path: string;
  readonly source: string;
  /** The file under each profile, with places (`root` and `sourceMap`). */
  readonly renders: readonly RenderedDefinition[];
}

/** One file, looked at by itself. Depends on nothing but its input, so it can be kept until the file changes. */
export interface LintedDocument {
  readonly path: string;
  readonly lines: LineTable;
  /** In no order; switches in the source not yet applied (see `finishDocument`). */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  readonly summary: DocumentSummary;
  readonly profiles: readonly string[];
}

const definitionRules = rules.filter((rule): rule is DefinitionRule => rule.kind === "definition");
const templateRules = rules.filter((rule): rule is TemplateRule => rule.kind === "template");

/** Everything there is to say about one file without looking at others. Never throws. */
export function lintDocument(input: DocumentInput, options: LintOptions): LintedDocument {
  const { path, source, renders } = input;
  const { settings } = options;
  const profiles = renders.map((rendered) => rendered.profile);
  const lines = new LineTable(source);
  const collector = new Collector(path, profiles);
  const isOn = (rule: Rule) => settings.level(rule, path) !== "off";

  const contexts = renders.map((rendered) => {
    const profile = options.profiles.find(({ name }) => name === rendered.profile) ?? unknownProfile(rendered.profile);
    let current: Rule | undefined;
    const context = new DefinitionContext(rendered, source, profile, options.knownKeys, (report) => {
      if (current) collector.add(current, rendered.profile, report);
    });
    for (const rule of definitionRules) {
      if (!isOn(rule)) continue;
      current = rule;
      rule.check(context);
      // What is no definition at all has nothing else wrong with it; this rule comes first.
      if (rule === notADefinition && collector.has(rule)) break;
    }
    return context;
  });

  let template: TemplateContext | undefined;
  if (!collector.has(notADefinition) && rendererPipe(source).stages.some(({ renderer }) => renderer === "jinja")) {
    let current: Rule | undefined;
    template = new TemplateContext(path, source, lines, renders, (report) => {
      if (current) collector.add(current, undefined, report);
    });
    for (const rule of templateRules) {
      if (!isOn(rule)) continue;
      current = rule;
      rule.check(template);
    }
  }

  // Where a rule looks for itself it knows the place and the change better than rendering does.
  const own = new Set(rules.filter((rule) => rule.kind === "definition" || collector.has(rule)));
  for (const rendered of renders) {
    for (const problem of rendered.problems) {
      const rule = ruleByCode.get(problem.code);
      if (rule && isOn(rule) && !own.has(rule)) {
        collector.add(rule, rendered.profile, problemReport(problem, rendered, lines, template));
      }
    }
  }

  return {
    path,
    lines,
    findings: collector.findings(
      (rule) => settings.level(rule, path),
      (code) => settings.configured(code, path),
    ),
    suppressions: readSuppressions(lines),
    summary: summarize(
      path,
      contexts.map(({ view }) => view),
    ),
    profiles,
  };
}

function unknownProfile(name: string): Profile {
  return { name, grains: {}, pillar: {}, opts: {}, registry: {}, environment: {}, functions: {} };
}
