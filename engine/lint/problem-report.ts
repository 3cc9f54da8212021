import type { LineTable } from "../lines.js";
import type { Problem } from "../problem.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { problemFixes } from "./problem-fixes.js";
import type { Report } from "./rule.js";

/** What rendering found, in the words of a rule. */
export function problemReport(problem: Problem, rendered: RenderedDefinition, lines: LineTable): Report {
  const line = lines.lineText(lines.lineAt(problem.range.start));
  const inComment = problem.code.startsWith("jinja-") && /^\s*#(?!\})/.test(line);
  const saltText = problem.salt ?? rendered.messages[0];
  const shown = saltText?.split("\n")[0]?.trim();
  return {
    ...problemFixes(problem, lines),
    range: problem.range,
    message: sentence(problem.message),
    ...(shown && { salt: `Salt drops the whole file: "${shown}".` }),
    ...(inComment
      ? { advice: "Jinja runs inside YAML comments too; use {# … #} for text that it must not look at." }
      : problem.advice && { advice: problem.advice }),
    severity: problem.severity,
  };
}

function sentence(text: string): string {
  const first = text.trim();
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
