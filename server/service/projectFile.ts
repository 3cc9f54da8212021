import type { Diagnostic } from "vscode-languageserver-types";
import { checkRuleCodes, type LoadedProject } from "../../engine/config/project-loader.js";
import { LineTable } from "../../engine/lines.js";
import { ruleByCode } from "../../engine/lint/rules/index.js";
import { diagnosticSource, severities } from "./diagnostics.js";

/** What is wrong with a `.winrepo.yaml`. */
export function projectDiagnostics(project: LoadedProject): Diagnostic[] {
  const lines = new LineTable(project.text);
  return [...project.problems, ...checkRuleCodes(project, new Set(ruleByCode.keys()))].map(
    ({ code, severity, message, range }) => ({
      range: lines.range(range),
      severity: severities[severity],
      code,
      source: diagnosticSource,
      message,
    }),
  );
}
