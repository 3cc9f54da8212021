import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import {
  renamedOptions,
  type SaltOption,
  saltOption,
  saltOptionCompletions,
} from "../../../engine/config/salt-options.js";
import type { LineTable } from "../../../engine/lines.js";
import { type ClientFeatures, markup } from "../client-features.js";
import { lineBreakOf, withLineBreaks } from "../edits.js";
import { yamlPlaceAt } from "../yaml-place.js";
import type { SaltConfigDocument } from "./document.js";

/** The options that the file does not set yet; behind the colon of one, the values that it can only have. */
export function completion(
  { lines, role }: SaltConfigDocument,
  offset: number,
  client: ClientFeatures,
): CompletionItem[] {
  const place = yamlPlaceAt(lines, offset);
  const line = lines.lineAt(offset);
  const before = lines.text.slice(lines.startOf(line), offset);
  if (place.path.length > 0 || before.includes("#")) return [];
  if (place.side === "value" && place.key) return valuesOf(saltOption(place.key.name));
  if (/^\s/.test(before.replace(/^\ufeff/, ""))) return [];
  const lineBreak = lineBreakOf(lines);
  return saltOptionCompletions(role, otherOptions(lines, line)).map(({ documentation, insertText, ...option }) => ({
    ...option,
    kind: CompletionItemKind.Property,
    documentation: markup(documentation, client.completionMarkdown),
    insertText: place.key ? option.label : withLineBreaks(insertText, lineBreak),
  }));
}

/** The top-level keys outside of one line. Read by lines: a file that is being typed is seldom whole YAML. */
function otherOptions(lines: LineTable, exceptLine: number): Set<string> {
  const names = new Set<string>();
  for (let line = 0; line < lines.lineCount; line++) {
    const name = line === exceptLine ? undefined : /^\ufeff?([\w-]+)\s*:/.exec(lines.lineText(line))?.[1];
    if (name !== undefined) names.add(renamedOptions.get(name) ?? name);
  }
  return names;
}

function valuesOf(option: SaltOption | undefined): CompletionItem[] {
  const values =
    option?.type === "boolean" ? ["True", "False"] : option?.type === "provider" ? ["pygit2", "gitpython"] : [];
  return values.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}
