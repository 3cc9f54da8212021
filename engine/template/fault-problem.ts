import { type Problem, stoppedAt } from "../problem.js";
import { firstReleases } from "../salt-version/features.js";
import type { Fault } from "./fault.js";
import { featureOfFilter } from "./filters/available.js";
import { saltMessage } from "./salt-message.js";

/** The faults of one template, in the order of its source, as people get to see them: Salt stops at the first. */
export function problemsOf(faults: readonly Fault[], source: string): Problem[] {
  return faults.map((fault, index) => {
    const problem = problemOf(fault, source);
    if (index === 0 || problem.undecided) return problem;
    const { salt, ...rest } = problem;
    return { ...rest, unreached: true };
  });
}

function problemOf(fault: Fault, source: string): Problem {
  const { code, range, line, exception, imported } = fault;
  const message = imported ? `${fault.message} (in ${imported.path}, line ${imported.line})` : fault.message;
  if (code === "jinja-not-run") return { code, severity: "warning", message, range, line, undecided: "not-run" };
  if (code === "jinja-budget")
    return { code, severity: "error", message: stoppedAt(message), range, line, undecided: "limit" };
  const advice = code === "jinja-unknown-filter" ? laterFilter(message) : undefined;
  const salt = saltMessage(fault, source);
  return { code, severity: "error", message, range, line, exception, salt, ...(advice !== undefined && { advice }) };
}

/** Since when there is a filter that this release does not have. */
function laterFilter(message: string): string | undefined {
  const feature = featureOfFilter(/'(.*?)'/.exec(message)?.[1] ?? "");
  return feature && `Salt has this filter since ${firstReleases(feature)}.`;
}
