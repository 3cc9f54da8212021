import type { CompletionItem } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import { completeJinja } from "../jinja/completion.js";
import type { MacroDocument } from "./document.js";

/** What can stand in a tag; the text between tags is anything. */
export function completion(
  { template }: MacroDocument,
  offset: number,
  profiles: readonly Profile[],
): CompletionItem[] {
  const place = template.placeAt(offset);
  return place.kind === "text" || place.kind === "comment" ? [] : completeJinja(template, place, profiles);
}
