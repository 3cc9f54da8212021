import type { Diagnostic } from "vscode-languageserver-types";
import { checkSource } from "../../../engine/template/check-source.js";
import type { ClientFeatures } from "../client-features.js";
import { problemDiagnostics } from "../problem-diagnostics.js";
import type { MacroDocument } from "./document.js";

/** What Jinja refuses. What only running it shows is found in the definitions that import it. */
export function diagnostics({ lines }: MacroDocument, client: ClientFeatures): Diagnostic[] {
  const problems = checkSource(lines.text).map((problem) => ({
    ...problem,
    message: `${sentence(problem.message)} Salt drops every definition that imports this file.`,
  }));
  return problemDiagnostics(problems, lines, client);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
