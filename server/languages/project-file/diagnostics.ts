import type { Diagnostic } from "vscode-languageserver-types";
import { checkRuleCodes, type LoadedProject } from "../../../engine/config/project-loader.js";
import { untrustedProblems } from "../../../engine/config/untrusted-problems.js";
import { LineTable } from "../../../engine/lines.js";
import { ruleByCode } from "../../../engine/lint/rules/index.js";
import type { ClientFeatures } from "../client-features.js";
import { problemDiagnostics } from "../problem-diagnostics.js";

/** What is wrong with a `.winrepo.yaml`, open or not. */
export function diagnostics(
  project: LoadedProject,
  client: ClientFeatures,
  lines = new LineTable(project.text),
): Diagnostic[] {
  return problemDiagnostics(
    [...project.problems, ...untrustedProblems(project), ...checkRuleCodes(project, new Set(ruleByCode.keys()))],
    lines,
    client,
  );
}
