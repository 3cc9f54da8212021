import { type CompletionItem, CompletionItemKind, InsertTextMode } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import { lineBreakOf } from "../edits.js";
import { snippetText } from "../snippet.js";
import type { TagPlace } from "./cursor.js";
import type { TemplateDocument } from "./template-document.js";

/** Blocks with their end, from the tag's word on; the opening delimiter is typed already. */
const blocks: readonly (readonly [label: string, lines: readonly string[]])[] = [
  ["if … endif", [`if \${1:condition} %}`, "$0", "{% endif"]],
  ["if … else … endif", [`if \${1:condition} %}`, "$2", "{% else %}", "$0", "{% endif"]],
  ["for … endfor", [`for \${1:item} in \${2:items} %}`, "$0", "{% endfor"]],
  ["macro … endmacro", [`macro \${1:name}(\${2:parameters}) %}`, "$0", "{% endmacro"]],
  ["load_yaml … endload", [`load_yaml as \${1:name} %}`, "$0", "{% endload"]],
];

/** Whole blocks, for an editor that takes snippets: without placeholders they would be in the way. */
export function blockSnippets(
  document: TemplateDocument,
  { content }: TagPlace,
  client: ClientFeatures,
): CompletionItem[] {
  if (!client.snippets) return [];
  const { lines } = document;
  const line = lines.lineAt(content.start);
  const margin = /^[ \t]*/.exec(lines.lineText(line))?.[0] ?? "";
  const { blockStart, blockEnd } = document.template.settings;
  const behind = lines.text.slice(content.end);
  const isClosed = behind.startsWith(blockEnd) || behind.startsWith(`-${blockEnd}`);
  const hasBlank = /\s$/.test(lines.text.slice(content.start, content.end));
  const end = isClosed ? (hasBlank ? "" : " ") : ` ${blockEnd}`;
  const written = (part: string) => part.replaceAll("{%", () => blockStart).replaceAll("%}", () => blockEnd);
  return blocks.map(([label, text]) => ({
    label,
    kind: CompletionItemKind.Snippet,
    sortText: `2${label}`,
    // The margin is part of the text: an editor must not add its own.
    ...(client.insertAsIs && { insertTextMode: InsertTextMode.asIs }),
    ...snippetText(`${text.map(written).join(`\n${margin}`)}${end}`, client, lineBreakOf(lines)),
  }));
}
