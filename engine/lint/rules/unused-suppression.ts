import { suggest } from "../../suggest.js";
import { notSwitchedOff } from "../collector.js";
import type { Report } from "../report.js";
import type { ProblemRule } from "../rule.js";
import { type Suppression, switchWords, type UnknownSwitch } from "../suppressions.js";

/** Reported by the runner once everything else is known. */
export const unusedSuppression: ProblemRule = {
  kind: "problem",
  meta: {
    code: "unused-suppression",
    title: "A winrepo-lint switch that switches off nothing.",
    severity: "warning",
    salt: "Salt does not look at comments.",
    why: "Switches that are no longer needed hide what comes later.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App  # winrepo-lint: disable http-url\n",
      good: "app:\n  '1.0':\n    full_name: App\n",
    },
    fixable: "fix",
  },
};

export function unusedReport({ code, range, removal }: Suppression): Report {
  return {
    range,
    message: code ? `There is no '${code}' here to switch off.` : "There is nothing here to switch off.",
    salt: "",
    advice: "Remove the switch.",
    fix: { title: "Remove the switch", edits: [{ range: removal, newText: "" }] },
  };
}

export function refusedReport({ range, removal }: Suppression, code: string): Report {
  return {
    range,
    message: `This switch has no effect on ${code}.`,
    salt: "",
    advice: notSwitchedOff(code),
    suggestions: [{ title: "Remove the switch", edits: [{ range: removal, newText: "" }] }],
  };
}

export function unknownSwitchReport({ word, range }: UnknownSwitch): Report {
  const meant = suggest(word, switchWords);
  return {
    range,
    message: `There is no switch '${word}'.`,
    salt: "",
    advice: meant ? `Did you mean '${meant}'?` : `The switches are ${switchWords.join(", ")}.`,
    ...(meant && { suggestions: [{ title: `Change to '${meant}'`, edits: [{ range, newText: meant }] }] }),
  };
}

export function unknownCodeReport({ code, range }: Suppression, meant: string | undefined): Report {
  return {
    range,
    message: `There is no rule '${code}'.`,
    salt: "",
    advice: meant ? `Did you mean '${meant}'?` : "See the list of rules.",
    ...(meant && { suggestions: [{ title: `Change to '${meant}'`, edits: [{ range, newText: meant }] }] }),
  };
}
