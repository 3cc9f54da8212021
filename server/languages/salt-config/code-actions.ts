import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import { nearestOption } from "../../../engine/config/salt-check.js";
import { renamedOptions } from "../../../engine/config/salt-options.js";
import type { Problem } from "../../../engine/problem.js";
import type { ClientFeatures } from "../client-features.js";
import { workspaceEdit } from "../edits.js";
import type { CodeActionRequest } from "../language-service.js";
import { diagnosticsOf, touches } from "../problem-diagnostics.js";
import type { SaltConfigDocument } from "./document.js";

/** The renamed or misspelt options at a place, under the name that Salt reads. */
export function codeActions(
  document: SaltConfigDocument,
  request: CodeActionRequest,
  client: ClientFeatures,
): CodeAction[] {
  if (!client.codeActionLiterals) return [];
  if (request.only && !request.only.includes(CodeActionKind.QuickFix)) return [];
  return document.problems
    .filter(({ range }) => touches(range, request.range))
    .flatMap((problem) => {
      const name = rightName(document, problem);
      if (name === undefined) return [];
      return {
        title: `Rename to '${name}'`,
        kind: CodeActionKind.QuickFix,
        diagnostics: diagnosticsOf(problem, document.lines, request.diagnostics),
        edit: workspaceEdit(document, [{ range: problem.range, newText: name }], client),
        ...(client.preferredActions && { isPreferred: true }),
      };
    });
}

/** Undefined also where the option stands in the file already: two of one name are an error. */
function rightName({ lines }: SaltConfigDocument, { code, range }: Problem): string | undefined {
  const written = lines.text.slice(range.start, range.end).replace(/^(['"])(.*)\1$/, "$2");
  const name =
    code === "salt-option-renamed"
      ? renamedOptions.get(written)
      : code === "salt-option-unknown"
        ? nearestOption(written)
        : undefined;
  return name !== undefined && !new RegExp(`^(['"]?)${name}\\1\\s*:`, "m").test(lines.text) ? name : undefined;
}
