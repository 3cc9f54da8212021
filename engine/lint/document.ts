import { type Profile, saltVersionOf } from "../config/profile.js";
import { DefinitionView } from "../definition/view.js";
import { LineTable } from "../lines.js";
import type { Problem } from "../problem.js";
import type { FileServer } from "../render/file-server.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { rendererPipe } from "../render/renderer-pipe.js";
import { formatSaltVersion, type SaltVersion } from "../salt-version/salt-version.js";
import { Collector } from "./collector.js";
import { DefinitionContext } from "./definition-context.js";
import type { Finding } from "./finding.js";
import { problemReport } from "./problem-report.js";
import type { Report } from "./report.js";
import type { DefinitionRule, Rule, TemplateRule } from "./rule.js";
import { ruleByCode, rules } from "./rules/index.js";
import { notADefinition } from "./rules/not-a-definition.js";
import type { LintSettings } from "./settings.js";
import { type DocumentSummary, summarize } from "./summary.js";
import { readSuppressions, type Suppression } from "./suppressions.js";
import { TemplateContext } from "./template-context.js";
import { TemplateView } from "./template-view.js";

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
  /** What `salt://` shows, where that is known. */
  readonly fileServer?: FileServer;
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
  const isOn = (rule: Rule) => settings.isOn(rule, path);

  const views = renders.map((rendered) => new DefinitionView(source, rendered));
  const enabledRules = definitionRules.filter(isOn);
  for (const view of views) checkDefinition(view, enabledRules, options, collector, input.fileServer);

  const isTemplate =
    !collector.has(notADefinition) && rendererPipe(source).stages.some(({ renderer }) => renderer === "jinja");
  const template = isTemplate
    ? new TemplateView(path, source, lines, renders, versionsOf(options.profiles, profiles))
    : undefined;
  if (template) checkTemplate(template, templateRules.filter(isOn), collector);

  addProblems(renders, isOn, collector, (problem, rendered) => {
    const profile = options.profiles.find(({ name }) => name === rendered.profile);
    return problemReport(problem, rendered, lines, template, profile);
  });

  return {
    path,
    lines,
    findings: collector.findings(settings.forFile(path), (names) =>
      renders.some(({ profile, status }) => names.has(profile) && status !== "ok"),
    ),
    suppressions: readSuppressions(lines),
    summary: summarize(path, views),
    profiles,
  };
}

function checkDefinition(
  view: DefinitionView<RenderedDefinition>,
  enabledRules: readonly DefinitionRule[],
  { profiles, knownKeys }: LintOptions,
  collector: Collector,
  fileServer: FileServer | undefined,
): void {
  const name = view.rendered.profile;
  const profile = profiles.find((known) => known.name === name) ?? unknownProfile(name);
  for (const rule of enabledRules) {
    const report = (found: Report) => collector.add(rule, name, found);
    rule.check(new DefinitionContext(view, profile, knownKeys, report, fileServer));
    // What is no definition at all has nothing else wrong with it; this rule comes first.
    if (rule === notADefinition && collector.has(rule)) break;
  }
}

function checkTemplate(view: TemplateView, enabledRules: readonly TemplateRule[], collector: Collector): void {
  for (const rule of enabledRules) {
    rule.check(new TemplateContext(view, (report) => collector.add(rule, undefined, report)));
  }
}

/** What rendering found. Where a rule has looked for itself, it knows the place and the change better than rendering does. */
function addProblems(
  renders: readonly RenderedDefinition[],
  isOn: (rule: Rule) => boolean,
  collector: Collector,
  reportOf: (problem: Problem, rendered: RenderedDefinition) => Report,
): void {
  const own = new Set(rules.filter((rule) => rule.kind === "definition" || collector.has(rule)));
  for (const rendered of renders) {
    for (const problem of rendered.problems) {
      const rule = ruleByCode.get(problem.code);
      if (rule && isOn(rule) && !own.has(rule)) {
        collector.add(rule, rendered.profile, reportOf(problem, rendered));
      }
    }
  }
}

function versionsOf(profiles: readonly Profile[], names: readonly string[]): SaltVersion[] {
  const versions = profiles.filter(({ name }) => names.includes(name)).map(saltVersionOf);
  return [...new Map(versions.map((version) => [formatSaltVersion(version), version])).values()];
}

function unknownProfile(name: string): Profile {
  return { name, grains: {}, pillar: {}, opts: {}, registry: {}, environment: {}, functions: {} };
}
