import type { DocumentLink } from "vscode-languageserver-types";
import { withoutSecrets } from "../../../engine/secrets.js";
import { importLinks } from "../jinja/document-link.js";
import type { TemplateFiles } from "../jinja/template-document.js";
import type { DefinitionDocument, Rendering } from "./document.js";

/** Attributes whose value may be an address. */
const addresses = new Set(["installer", "uninstaller", "source_hash", "cache_file"]);

/**
 * Imports, and the addresses that one profile renders: `https://…/{{ version }}/setup.exe` leads to the file itself. Of
 * the versions that a loop makes of one line the first counts.
 */
export function documentLinks(
  document: DefinitionDocument,
  rendering: Rendering | undefined,
  files: TemplateFiles,
): DocumentLink[] {
  const links = new Map<string, DocumentLink>();
  for (const { attributes } of rendering?.view.versions ?? []) {
    for (const [name, { node, value }] of attributes) {
      if (!addresses.has(name) || typeof value !== "string" || !isAddress(value)) continue;
      const { start, end } = rendering?.view.written(node) ?? { start: 0, end: 0 };
      const key = `${start} ${end}`;
      if (end > start && !links.has(key))
        links.set(key, { range: document.lines.range({ start, end }), target: value });
    }
  }
  return [...importLinks(document, files), ...links.values()];
}

/**
 * Only what a browser fetches: a program or a file of this machine is nothing to open by a click, and without its secret
 * an address leads nowhere.
 */
function isAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value) && withoutSecrets(value) === value;
}
