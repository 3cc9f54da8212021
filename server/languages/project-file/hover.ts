import type { Hover } from "vscode-languageserver-types";
import { projectShape } from "../../../engine/config/project-shape.js";
import { describeShape } from "../../../engine/config/shape.js";
import { type ClientFeatures, markup } from "../client-features.js";
import type { LanguageDocument } from "../language-service.js";
import { yamlPlaceAt } from "../yaml-place.js";
import { fieldOf, shapesAt } from "./shapes.js";

/** What a key of the project file means. */
export function hover(
  { lines }: Pick<LanguageDocument, "lines">,
  offset: number,
  client: ClientFeatures,
): Hover | undefined {
  const place = yamlPlaceAt(lines, offset);
  if (!place.key || place.side !== "key") return undefined;
  const shape = shapesAt(projectShape, place.path)
    .map((owner) => fieldOf(owner, place.key?.name ?? ""))
    .find((field) => field !== undefined);
  if (!shape?.doc) return undefined;
  return {
    contents: markup(`${shape.doc}\n\n*${describeShape(shape)}*`, client.hoverMarkdown),
    range: lines.range(place.key),
  };
}
