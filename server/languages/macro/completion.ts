import type { CompletionItem } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import { completeJinja, type JinjaFacts } from "../jinja/completion.js";
import type { MacroDocument } from "./document.js";

/** What can stand in a tag; the text between tags is anything. */
export function completion(
  document: MacroDocument,
  offset: number,
  facts: JinjaFacts,
  client: ClientFeatures,
): CompletionItem[] {
  const place = document.template.placeAt(offset);
  return place.kind === "text" || place.kind === "comment" ? [] : completeJinja(document, place, facts, client);
}
