import { type Diagnostic, DiagnosticTag } from "vscode-languageserver-types";
import type { LineTable } from "../../../engine/lines.js";
import { type Finding, fullMessage } from "../../../engine/lint/finding.js";
import type { ClientFeatures } from "../client-features.js";
import { diagnosticSource, severities, shownTags } from "../problem-diagnostics.js";

/** Where a file of the project is, for places that a finding names in other files. */
export type FileLookup = (path: string) => { readonly uri: string; readonly lines: LineTable } | undefined;

/** The findings of one file as LSP shows them. */
export function toDiagnostics(
  findings: readonly Finding[],
  lines: LineTable,
  lookup: FileLookup,
  client: ClientFeatures,
): Diagnostic[] {
  return findings.map((finding) => {
    const related = finding.related.flatMap(({ file, range, message }) => {
      const place = client.relatedInformation ? lookup(file) : undefined;
      return place ? [{ location: { uri: place.uri, range: place.lines.range(range) }, message }] : [];
    });
    return {
      range: lines.range(finding.range),
      severity: severities[finding.severity],
      code: finding.code,
      source: diagnosticSource,
      message: fullMessage(finding),
      ...shownTags(finding.code.startsWith("unused-") ? DiagnosticTag.Unnecessary : undefined, client),
      ...(related.length > 0 && { relatedInformation: related }),
    };
  });
}
