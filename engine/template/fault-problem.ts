import { type Problem, stoppedAt } from "../problem.js";
import type { Fault } from "./fault.js";
import { saltMessage } from "./salt-message.js";

/** A fault as people get to see it. */
export function problemOf(fault: Fault, source: string): Problem {
  const { code, range, line, exception, imported } = fault;
  const message = imported ? `${fault.message} (in ${imported.path}, line ${imported.line})` : fault.message;
  if (code === "jinja-not-run") return { code, severity: "warning", message, range, line, undecided: "not-run" };
  if (code === "jinja-budget")
    return { code, severity: "error", message: stoppedAt(message), range, line, undecided: "limit" };
  return { code, severity: "error", message, range, line, exception, salt: saltMessage(fault, source) };
}
