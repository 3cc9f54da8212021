import type { RuleLevel } from "../config/project.js";
import type { Finding, Fix } from "./finding.js";
import type { Report } from "./report.js";
import type { Rule } from "./rule.js";

/** The project's levels of rules, seen from one file. */
export interface FileLevels {
  configured(code: string): RuleLevel | undefined;
}

interface Group {
  readonly rule: Rule;
  readonly first: Report;
  readonly profiles: Set<string>;
  readonly subjects: Set<string>;
  fix: Fix | undefined;
}

/**
 * Gathers what rules report about one file and merges what a person would call one problem: the same rule at the same
 * place, whether it comes from several profiles or from every turn of a loop.
 */
export class Collector {
  readonly #groups = new Map<string, Group>();

  readonly #file: string;
  readonly #allProfiles: readonly string[];

  constructor(file: string, allProfiles: readonly string[]) {
    this.#file = file;
    this.#allProfiles = allProfiles;
  }

  /** Whether a rule has reported anything. */
  has(rule: Rule): boolean {
    return [...this.#groups.values()].some((group) => group.rule === rule);
  }

  /** @param profile undefined for what does not depend on one */
  add(rule: Rule, profile: string | undefined, report: Report): void {
    const key = `${rule.meta.code} ${report.range.start} ${report.range.end}`;
    const profiles = profile === undefined ? this.#allProfiles : [profile];
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, {
        rule,
        first: report,
        profiles: new Set(profiles),
        subjects: new Set(report.subject === undefined ? [] : [report.subject]),
        fix: report.fix,
      });
      return;
    }
    for (const name of profiles) group.profiles.add(name);
    if (report.subject !== undefined) group.subjects.add(report.subject);
    // A change that is right for one loop turn or profile and not for another is no safe change.
    if (group.fix && !sameEdits(group.fix, report.fix)) group.fix = undefined;
  }

  /**
   * @param settings what they say for a rule in this file; what Salt rejects they do not make milder
   * @param isRejected whether Salt rejects the file under one of these profiles
   */
  findings(settings: FileLevels, isRejected: (profiles: ReadonlySet<string>, report: Report) => boolean): Finding[] {
    const findings: Finding[] = [];
    const covered = [...this.#groups.values()].flatMap(({ first }) => first.covers ?? []);
    for (const { rule, first, profiles, subjects, fix } of this.#groups.values()) {
      const isConsequence = covered.some(({ start, end }) => start <= first.range.start && first.range.end <= end);
      if (rule.kind === "definition" && isConsequence) continue;
      const rejected = rule.meta.rejects === true && (rule.kind === "problem" || isRejected(profiles, first));
      const configured = settings.configured(rule.meta.code);
      const own = first.severity ?? rule.meta.severity;
      const severity = rejected ? own : (configured ?? own);
      if (severity === "off") continue;
      const refused = rejected && configured !== undefined && configured !== own;
      const advice = [first.advice, refused ? notSwitchedOff(rule.meta.code) : undefined].filter(Boolean).join(" ");
      findings.push({
        file: this.#file,
        code: rule.meta.code,
        severity,
        message: oneLine(withSubjects(first, subjects)),
        salt: oneLine(first.salt ?? rule.meta.salt),
        ...(advice !== "" && { advice: oneLine(advice) }),
        range: first.range,
        ...(rejected && { rejected }),
        profiles: this.#allProfiles.filter((name) => profiles.has(name)),
        everyProfile: this.#allProfiles.every((name) => profiles.has(name)),
        related: (first.related ?? []).map((place) => ({
          ...place,
          message: oneLine(place.message),
          file: place.file ?? this.#file,
        })),
        ...(fix && { fix }),
        suggestions: first.suggestions ?? [],
      });
    }
    return findings;
  }
}

/** Why a comment or a setting does not silence what Salt rejects, and what does. */
export function notSwitchedOff(code: string): string {
  return `${code} is not switched off, for Salt rejects the file all the same; \`winrepo lint --baseline FILE --update-baseline\` moves it to the baseline.`;
}

const longestPart = 600;
const longestSentence = 1500;

/** A text for people on one line: what a definition puts into it is shown, a megabyte of it is not. */
function oneLine(text: string): string {
  const shown = text.length > longestSentence ? `${text.slice(0, longestPart)} … ${text.slice(-longestPart)}` : text;
  return shown
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}

const shownSubjects = 3;

function withSubjects(report: Report, subjects: ReadonlySet<string>): string {
  const others = [...subjects].filter((subject) => subject !== report.subject);
  if (!others.length) return report.message;
  const shown = others.slice(0, shownSubjects).join(", ");
  const hidden = others.length - shownSubjects;
  const rest = hidden > 0 ? `${shown} and ${hidden} more` : shown;
  return `${report.message.replace(/\.$/, "")} (also ${rest}).`;
}

function sameEdits(a: Fix, b: Fix | undefined): boolean {
  return (
    b !== undefined &&
    a.edits.length === b.edits.length &&
    a.edits.every((edit, index) => {
      const other = b.edits[index];
      return (
        other?.newText === edit.newText && other.range.start === edit.range.start && other.range.end === edit.range.end
      );
    })
  );
}
