import type { Hover } from "vscode-languageserver-types";
import { optionDocumentation, renamedOptions, saltOption } from "../../../engine/config/salt-options.js";
import { type ClientFeatures, markup } from "../client-features.js";
import { yamlPlaceAt } from "../yaml-place.js";
import type { SaltConfigDocument } from "./document.js";

/** What an option means and what Salt takes without it. An old name answers for the one that replaced it. */
export function hover({ lines }: SaltConfigDocument, offset: number, client: ClientFeatures): Hover | undefined {
  const { path, key, side } = yamlPlaceAt(lines, offset);
  if (!key || side !== "key" || path.length > 0) return undefined;
  const option = saltOption(renamedOptions.get(key.name) ?? key.name);
  if (!option) return undefined;
  const reader = option.roles.length > 1 ? "master and minion" : option.roles[0];
  const value = `\`${option.name}\` (${option.type}; ${reader})\n\n${optionDocumentation(option)}`;
  return { contents: markup(value, client.hoverMarkdown), range: lines.range(key) };
}
