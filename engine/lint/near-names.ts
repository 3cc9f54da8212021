import type { Profile } from "../config/profile.js";
import type { Problem, Span } from "../problem.js";
import { answeredFunctions } from "../render/salt-functions.js";
import { suggest } from "../suggest.js";
import { filters } from "../template/filters/index.js";
import { globals } from "../template/globals/index.js";
import { tests } from "../template/tests/index.js";

import type { Report } from "./report.js";
import type { TemplateView } from "./template-view.js";

/** What Salt gives every template of winrepo (salt-reference §3.2). */
const saltNames = ["grains", "pillar", "opts", "salt", "saltenv", "tpldir", "tplfile", "tplpath"];

/** For a name that does not exist where it stands: the one that was probably meant, and whose names were looked at. */
export function nearName(
  problem: Problem,
  source: string,
  template: TemplateView | undefined,
  profile: Profile | undefined,
): Pick<Report, "advice" | "suggestions"> {
  const asked = askedName(problem, source, template, profile);
  if (!asked) return {};
  const { name, range, candidates, owner } = asked;
  const meant = suggest(name, candidates);
  const place = locate(source, range, name);
  const advice = [owner, meant !== undefined && meant !== name ? `Did you mean '${meant}'?` : ""]
    .filter(Boolean)
    .join(" ");
  if (meant === undefined || meant === name || !place) return advice === "" ? {} : { advice };
  return { advice, suggestions: [{ title: `Change to '${meant}'`, edits: [{ range: place, newText: meant }] }] };
}

interface AskedName {
  readonly name: string;
  readonly range: Span;
  readonly candidates: readonly string[];
  /** A sentence: whose names were looked at, where that is not the template. */
  readonly owner?: string;
}

function askedName(
  { code, message, range }: Problem,
  source: string,
  template: TemplateView | undefined,
  profile: Profile | undefined,
): AskedName | undefined {
  const filter = /^No (filter|test) named '([^']+)'/.exec(message);
  if (filter?.[2]) {
    const candidates = [...(filter[1] === "filter" ? filters : tests).keys()];
    return { name: filter[2], range, candidates };
  }
  if (code !== "jinja-undefined") return undefined;
  const variable = /^'([^']+)' is undefined/.exec(message)?.[1];
  if (variable) return { name: variable, range, candidates: variablesOf(template) };
  const attribute = /^'([^']*)' has no attribute '([^']+)'/.exec(message);
  const name = attribute?.[2];
  if (!name) return undefined;
  if (attribute?.[1]?.includes("AliasedLoader")) return { name, range, candidates: answeredFunctions };
  const holder = /^(grains|pillar)\b/.exec(source.slice(range.start, range.end))?.[1] as
    | "grains"
    | "pillar"
    | undefined;
  if (!holder || !profile || holderDepth(source.slice(range.start, range.end)) > 1) return undefined;
  const owner = `The profile ${profile.name} has no such ${holder === "pillar" ? "pillar key" : "grain"}: \`${holder}\` of a profile in .winrepo.yaml says what its machines have.`;
  return { name, range, candidates: Object.keys(profile[holder]), owner };
}

/** How many look-ups an expression makes: one in `pillar['a']`, two in `pillar['a']['b']`. */
function holderDepth(text: string): number {
  return text.match(/\[|\.(?=\w)/g)?.length ?? 0;
}

function variablesOf(template: TemplateView | undefined): string[] {
  const set = (template?.nodes ?? []).flatMap(([node]) =>
    node.kind === "name" && node.context !== "load" ? [node.name] : node.kind === "macro" ? [node.name] : [],
  );
  return [...new Set([...set, ...saltNames, ...globals.keys()])];
}

function locate(source: string, { start, end }: Span, name: string): Span | undefined {
  const at = source.slice(start, end).lastIndexOf(name);
  return at < 0 ? undefined : { start: start + at, end: start + at + name.length };
}
