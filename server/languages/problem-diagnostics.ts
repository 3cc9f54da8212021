import { type Diagnostic, DiagnosticSeverity, type DiagnosticTag } from "vscode-languageserver-types";
import type { LineTable } from "../../engine/lines.js";
import type { Problem, Severity, Span } from "../../engine/problem.js";
import type { ClientFeatures } from "./client-features.js";

export const diagnosticSource = "winrepo";

export const severities: { readonly [severity in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The engine's problems of one text as LSP shows them. */
export function problemDiagnostics(
  problems: readonly Problem[],
  lines: LineTable,
  client: ClientFeatures,
  tagOf: (code: string) => DiagnosticTag | undefined = () => undefined,
): Diagnostic[] {
  return problems.map(({ code, severity, message, range }) => ({
    range: lines.range(range),
    severity: severities[severity],
    code,
    source: diagnosticSource,
    message,
    ...shownTags(tagOf(code), client),
  }));
}

/** A diagnostic's field `tags`, where the editor shows that one. */
export function shownTags(tag: DiagnosticTag | undefined, client: ClientFeatures): { tags?: DiagnosticTag[] } {
  return tag !== undefined && client.diagnosticTags.includes(tag) ? { tags: [tag] } : {};
}

/** Those of the editor's diagnostics that show a problem. */
export function diagnosticsOf(
  problem: Pick<Problem, "code" | "range">,
  lines: LineTable,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const start = lines.position(problem.range.start);
  return diagnostics.filter(
    ({ source, code, range }) =>
      source === diagnosticSource &&
      code === problem.code &&
      range.start.line === start.line &&
      range.start.character === start.character,
  );
}

export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
