import type { Hover } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import { type ClientFeatures, markup } from "../client-features.js";
import { factHover, jinjaHover } from "../jinja/hover.js";
import type { TemplateFiles } from "../jinja/template-document.js";
import type { MacroDocument } from "./document.js";

/** What a name in a tag means. */
export function hover(
  document: MacroDocument,
  offset: number,
  facts: { readonly profiles: readonly Profile[]; readonly templates: TemplateFiles },
  client: ClientFeatures,
): Hover | undefined {
  const { kind } = document.template.placeAt(offset);
  if (kind === "text" || kind === "comment") return undefined;
  const found = jinjaHover(document, offset, facts.templates) ?? factHover(document, offset, facts.profiles);
  if (!found) return undefined;
  return {
    contents: markup(found.markdown, client.hoverMarkdown),
    ...(found.range && { range: document.lines.range(found.range) }),
  };
}
