import type { Diagnostic } from "vscode-languageserver-types";
import type { LineTable } from "../../engine/lines.js";
import { type Finding, fullMessage } from "../../engine/lint/finding.js";
import type { Severity } from "../../engine/problem.js";
import { DiagnosticSeverity, DiagnosticTag } from "./lsp.js";

/** Where a file of the project is, for places that a finding names in other files. */
export type FileLookup = (path: string) => { readonly uri: string; readonly lines: LineTable } | undefined;

export const diagnosticSource = "winrepo";

export const severities: { readonly [severity in Severity]: 1 | 2 | 3 | 4 } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The findings of one file as LSP shows them. */
export function toDiagnostics(findings: readonly Finding[], lines: LineTable, lookup: FileLookup): Diagnostic[] {
  return findings.map((finding) => {
    const related = finding.related.flatMap(({ file, range, message }) => {
      const place = lookup(file);
      return place ? [{ location: { uri: place.uri, range: place.lines.range(range) }, message }] : [];
    });
    return {
      range: lines.range(finding.range),
      severity: severities[finding.severity],
      code: finding.code,
      source: diagnosticSource,
      message: fullMessage(finding),
      ...(finding.code.startsWith("unused-") && { tags: [DiagnosticTag.Unnecessary] }),
      ...(related.length > 0 && { relatedInformation: related }),
    };
  });
}
