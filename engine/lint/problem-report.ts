import type { Profile } from "../config/profile.js";
import type { LineTable } from "../lines.js";
import type { Problem, Span } from "../problem.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { nearName } from "./near-names.js";
import { problemFixes } from "./problem-fixes.js";
import type { Report } from "./report.js";
import type { TemplateView } from "./template-view.js";
import { yamlFix } from "./yaml-fixes.js";

/** What rendering found, in the words of a rule. */
export function problemReport(
  problem: Problem,
  rendered: RenderedDefinition,
  lines: LineTable,
  template: TemplateView | undefined,
  profile: Profile | undefined,
): Report {
  const line = lines.lineText(lines.lineAt(problem.range.start));
  const inComment = problem.code.startsWith("jinja-") && /^\s*#(?!\})/.test(line);
  const near = nearName(problem, lines.text, template, profile);
  const advice = inComment
    ? "Jinja runs inside YAML comments too; use {# … #} for text that it must not look at."
    : (near.advice ?? problem.advice);
  return {
    range: problem.code === "jinja-unclosed-block" ? lastLine(problem.range, lines) : problem.range,
    message: sentence(problem.message),
    ...saltOf(problem, rendered),
    ...(advice && { advice }),
    ...(isAboutBlocks(problem) && {
      related: (template?.openBlocks() ?? []).map((range) => ({
        range,
        message: "this block is never closed",
      })),
    }),
    severity: problem.severity,
    ...(near.suggestions && { suggestions: near.suggestions }),
    ...problemFixes(problem, lines, template),
    ...(problem.code === "yaml-syntax" && yamlFix(problem, lines, rendered.rendered)),
  };
}

function saltOf(problem: Problem, rendered: RenderedDefinition): Pick<Report, "salt"> {
  if (problem.unreached) return { salt: "Salt has dropped the file at an earlier error and does not come here." };
  const said = problem.undecided ? undefined : (problem.salt ?? rendered.messages[0]);
  const shown = said?.split("\n")[0]?.trim();
  return shown ? { salt: `Salt drops the whole file: "${shown}".` } : {};
}

/** What is missing is missing at the end; the text before it, which Jinja names, may be long. */
function lastLine(range: Span, lines: LineTable): Span {
  const text = lines.text.slice(range.start, range.end).trimEnd();
  const end = range.start + text.length;
  const start = Math.max(range.start, lines.startOf(lines.lineAt(end)));
  return text === "" ? range : { start: start + (/^\s*/.exec(lines.text.slice(start, end))?.[0].length ?? 0), end };
}

function isAboutBlocks({ code, message }: Problem): boolean {
  return code === "jinja-unclosed-block" || message.includes("nesting mistake");
}

function sentence(text: string): string {
  const first = text.trim();
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
