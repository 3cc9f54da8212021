import { type Problem, stoppedAt } from "../problem.js";
import type { Fault } from "./fault.js";
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
  return { code, severity: "error", message, range, line, exception, salt: saltMessage(fault, source) };
}
