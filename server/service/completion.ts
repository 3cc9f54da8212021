import type { CompletionItem } from "vscode-languageserver-types";
import type { Profile } from "../../engine/config/profile.js";
import { keyDocumentation } from "../../engine/definition/key-docs.js";
import { type DefinitionKey, definitionKeys } from "../../engine/definition/keys.js";
import type { DefinitionDocument } from "./document.js";
import { completeJinja } from "./jinjaCompletion.js";
import { jinjaAt } from "./jinjaContext.js";
import { CompletionItemKind, MarkupKind } from "./lsp.js";
import { packageSnippet } from "./packageSnippet.js";

/** `'` and `"` for grains['…'], `|` for filters, `%` and `{` for tags, `.` for members, blank and `:` for values. */
export const completionTriggers = ["'", '"', "|", "%", "{", ".", " ", ":"];

/** What can stand at the cursor: Jinja within its braces, keys and values of a definition elsewhere. */
export function complete(document: DefinitionDocument, offset: number, profiles: readonly Profile[]): CompletionItem[] {
  const jinja = jinjaAt(document.text, offset);
  if (jinja) return jinja.kind === "comment" ? [] : completeJinja(document, jinja, offset, profiles);
  const line = document.lines.lineAt(offset);
  const before = document.text.slice(document.lines.startOf(line), offset);
  if (/#/.test(before)) return [];
  const value = /^\s+(\w+):[ \t]+(['"]?)([^'"]*)$/.exec(before);
  if (value) return completeValue(value[1] as string, value[2] as string);
  if (/^[ \t]+\w*$/.test(before)) return completeKey(document, line);
  return /^\w*$/.test(before) && document.text.slice(offset, document.lines.endOf(line)).trim() === ""
    ? [packageSnippet]
    : [];
}

/** The keys that the version does not have yet. */
function completeKey(document: DefinitionDocument, line: number): CompletionItem[] {
  const present = siblingKeys(document, line);
  return definitionKeys
    .filter(({ name }) => !present.has(name))
    .map((key, index) => ({
      label: key.name,
      kind: CompletionItemKind.Property,
      detail: key.types.join(" | "),
      documentation: { kind: MarkupKind.Markdown, value: keyDocumentation(key.name) ?? "" },
      insertText: `${key.name}: `,
      // The order of the table: what every definition needs comes first.
      sortText: String(index).padStart(3, "0"),
      ...(valuesOf(key).length > 0 && {
        command: { title: "Suggest values", command: "editor.action.triggerSuggest" },
      }),
    }));
}

/** The keys of the lines around that have the same indentation, as far as nothing of less comes between. */
function siblingKeys(document: DefinitionDocument, line: number): Set<string> {
  const { lines } = document;
  const indent = indentOf(lines.lineText(line));
  const keys = new Set<string>();
  for (const step of [-1, 1]) {
    for (let at = line + step; at >= 0 && at < lines.lineCount; at += step) {
      const text = lines.lineText(at);
      // Jinja between keys belongs to the version; blank lines and comments say nothing.
      if (/^\s*(\{[%{#]|#|$)/.test(text)) continue;
      if (indentOf(text) < indent) break;
      const key = indentOf(text) === indent ? /^\s*(\w+):/.exec(text)?.[1] : undefined;
      if (key) keys.add(key);
    }
  }
  return keys;
}

function completeValue(name: string, quote: string): CompletionItem[] {
  const key = definitionKeys.find((candidate) => candidate.name === name);
  if (!key) return [];
  return valuesOf(key).flatMap(({ value, detail }, index) => {
    // A quoted True is a text: Salt would take it for something else.
    if (quote !== "" && /^(True|False)$/.test(value)) return [];
    const insertText = quote !== "" ? value : quoteIfNeeded(value);
    return [{ label: value, detail, kind: CompletionItemKind.Value, insertText, sortText: String(index) }];
  });
}

interface ValueProposal {
  readonly value: string;
  readonly detail: string;
}

const silentInstall: readonly ValueProposal[] = [
  { value: "/qn /norestart", detail: "MSI" },
  { value: "/S", detail: "NSIS" },
  { value: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART /SP-", detail: "Inno Setup" },
  { value: "/quiet /norestart", detail: "WiX bundle, Microsoft installers" },
  { value: '/s /v"/qn /norestart"', detail: "InstallShield with an MSI inside" },
  { value: "--silent", detail: "Squirrel" },
];

const silentUninstall: readonly ValueProposal[] = [
  { value: "/qn /norestart", detail: "MSI" },
  { value: "/S", detail: "NSIS" },
  { value: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART", detail: "Inno Setup" },
  { value: "/uninstall /quiet /norestart", detail: "WiX bundle" },
];

const proposals: { readonly [name: string]: readonly ValueProposal[] } = {
  install_flags: silentInstall,
  uninstall_flags: silentUninstall,
  installer: [
    { value: "https://", detail: "downloaded by the minion" },
    { value: "salt://win/repo-ng/", detail: "from the master's file server" },
  ],
  uninstaller: [
    { value: "%ProgramFiles%\\", detail: "a program on the machine" },
    { value: "%ProgramFiles(x86)%\\", detail: "a 32-bit program on 64-bit Windows" },
    { value: "{00000000-0000-0000-0000-000000000000}", detail: "an MSI's product code, with msiexec: True" },
  ],
  source_hash: [{ value: "sha256=", detail: "followed by the hexadecimal digest" }],
  cache_file: [{ value: "salt://", detail: "one file that is fetched along with the installer" }],
};

function valuesOf(key: DefinitionKey): readonly ValueProposal[] {
  const booleans = key.types.includes("boolean")
    ? ["True", "False"].map((value) => ({
        value,
        detail: value.toLowerCase() === String(key.default) ? "default" : "",
      }))
    : [];
  return [...booleans, ...(proposals[key.name] ?? [])];
}

function quoteIfNeeded(value: string): string {
  return /^[%{]|: |"/.test(value) ? `'${value}'` : value;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
