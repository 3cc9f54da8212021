import { type CompletionItem, CompletionItemKind, InsertTextMode } from "vscode-languageserver-types";
import type { LineTable } from "../../../engine/lines.js";
import type { ClientFeatures } from "../client-features.js";
import { lineBreakOf } from "../edits.js";
import { escapeSnippet, snippetText } from "../snippet.js";
import { indentOf, isContent, keysAround } from "./yaml-lines.js";

const usual = [
  "full_name: Name as the registry shows it",
  "installer: https://example.com/setup.exe",
  "install_flags: /S",
  "uninstaller: '%ProgramFiles%\\Name\\uninstall.exe'",
  "uninstall_flags: /S",
];

/** A version as the one above it is written, its values to be changed; the usual keys where it is the first. */
export function versionSnippet(lines: LineTable, line: number, client: ClientFeatures): CompletionItem {
  const indent = indentOf(lines.lineText(line));
  const above = keysAround(lines, line, indent).find((version) => version.line < line);
  const written = above ? attributesBelow(lines, above.line, indent) : [];
  const attributes = written.length > 0 ? written : usual;
  const margin = " ".repeat(indent + 2);
  const body = attributes.map((text, index) => `${margin}${placeholder(text, index + 2)}`);
  const name = `'\${1:${escapeSnippet(above?.key ?? "1.0")}}':`;
  return {
    label: "version",
    kind: CompletionItemKind.Snippet,
    detail: above ? `as ${above.key} is written` : "with the usual keys",
    // The margin is part of the text: an editor must not add its own.
    ...(client.insertAsIs && { insertTextMode: InsertTextMode.asIs }),
    ...snippetText([name, ...body].join("\n"), client, lineBreakOf(lines)),
  };
}

/** The attributes of a version in one line each; nothing where one has more, or Jinja stands between them. */
function attributesBelow(lines: LineTable, version: number, indent: number): string[] {
  const found: string[] = [];
  let level: number | undefined;
  for (let at = version + 1; at < lines.lineCount; at++) {
    const text = lines.lineText(at);
    if (text.trim() === "") continue;
    if (isContent(text) && indentOf(text) <= indent) break;
    level ??= indentOf(text);
    if (!isContent(text) || indentOf(text) !== level) return [];
    found.push(text.trim());
  }
  return found;
}

function placeholder(attribute: string, number: number): string {
  const [, key = "", value = ""] = /^([^:]+:\s*)(.*)$/.exec(attribute) ?? [];
  return `${escapeSnippet(key)}\${${number}:${escapeSnippet(value)}}`;
}
