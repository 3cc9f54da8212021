import { type Diagnostic, DiagnosticTag } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import { problemDiagnostics } from "../problem-diagnostics.js";
import type { SaltConfigDocument } from "./document.js";

/** What is wrong with the options that decide what winrepo does. */
export function diagnostics({ lines, problems }: SaltConfigDocument, client: ClientFeatures): Diagnostic[] {
  return problemDiagnostics(problems, lines, client, (code) =>
    code === "salt-option-renamed" ? DiagnosticTag.Deprecated : undefined,
  );
}
