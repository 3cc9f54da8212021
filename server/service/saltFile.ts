import type { CompletionItem, Diagnostic, Hover } from "vscode-languageserver-types";
import { readSaltFile } from "../../engine/config/salt-check.js";
import {
  optionDocumentation,
  renamedOptions,
  type SaltOption,
  type SaltRole,
  saltOption,
  saltOptionCompletions,
} from "../../engine/config/salt-options.js";
import { LineTable } from "../../engine/lines.js";
import type { Problem } from "../../engine/problem.js";
import { diagnosticSource, severities } from "./diagnostics.js";
import { CompletionItemKind, DiagnosticTag, MarkupKind } from "./lsp.js";
import { yamlPlaceAt } from "./yamlPath.js";

/** One state of an open configuration file of Salt's master or minion. */
export class SaltDocument {
  readonly lines: LineTable;
  readonly problems: readonly Problem[];

  constructor(
    readonly uri: string,
    readonly version: number | undefined,
    readonly role: SaltRole,
    text: string,
  ) {
    this.lines = new LineTable(text);
    this.problems = readSaltFile(text, role).problems;
  }
}

/** What is wrong with the options that decide what winrepo does. */
export function saltDiagnostics({ lines, problems }: SaltDocument): Diagnostic[] {
  return problems.map(({ code, severity, message, range }) => ({
    range: lines.range(range),
    severity: severities[severity],
    code,
    source: diagnosticSource,
    message,
    ...(code === "salt-option-renamed" && { tags: [DiagnosticTag.Deprecated] }),
  }));
}

/** The options that the file does not set yet; behind the colon of one, the values that it can only have. */
export function completeSalt({ lines, role }: SaltDocument, offset: number): CompletionItem[] {
  const place = yamlPlaceAt(lines, offset);
  const line = lines.lineAt(offset);
  const before = lines.text.slice(lines.startOf(line), offset);
  if (place.path.length > 0 || before.includes("#")) return [];
  if (place.side === "value" && place.key) return valuesOf(saltOption(place.key.name));
  if (/^\s/.test(before)) return [];
  return saltOptionCompletions(role, otherOptions(lines, line)).map(({ documentation, insertText, ...option }) => ({
    ...option,
    kind: CompletionItemKind.Property,
    documentation: { kind: MarkupKind.Markdown, value: documentation },
    insertText: place.key ? option.label : insertText,
  }));
}

/** What an option means and what Salt takes without it. An old name answers for the one that replaced it. */
export function hoverSalt({ lines }: SaltDocument, offset: number): Hover | undefined {
  const { path, key, side } = yamlPlaceAt(lines, offset);
  if (!key || side !== "key" || path.length > 0) return undefined;
  const option = saltOption(renamedOptions.get(key.name) ?? key.name);
  if (!option) return undefined;
  const reader = option.roles.length > 1 ? "master and minion" : option.roles[0];
  const value = `\`${option.name}\` (${option.type}; ${reader})\n\n${optionDocumentation(option)}`;
  return { contents: { kind: MarkupKind.Markdown, value }, range: lines.range(key) };
}

/** The top-level keys outside of one line. Read by lines: a file that is being typed is seldom whole YAML. */
function otherOptions(lines: LineTable, exceptLine: number): Set<string> {
  const names = new Set<string>();
  for (let line = 0; line < lines.lineCount; line++) {
    const name = line === exceptLine ? undefined : /^([\w-]+)\s*:/.exec(lines.lineText(line))?.[1];
    if (name !== undefined) names.add(renamedOptions.get(name) ?? name);
  }
  return names;
}

function valuesOf(option: SaltOption | undefined): CompletionItem[] {
  const values =
    option?.type === "boolean" ? ["True", "False"] : option?.type === "provider" ? ["pygit2", "gitpython"] : [];
  return values.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}
