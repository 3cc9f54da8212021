import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import { builtinProfiles } from "../../../engine/config/builtin-profiles.js";
import { projectShape } from "../../../engine/config/project-shape.js";
import { describeShape, type Shape } from "../../../engine/config/shape.js";
import { ruleByCode } from "../../../engine/lint/rules/index.js";
import { type ClientFeatures, markup } from "../client-features.js";
import type { LanguageDocument } from "../language-service.js";
import { yamlPlaceAt } from "../yaml-place.js";
import { fieldOf, shapesAt } from "./shapes.js";

/** The keys of open mappings, by the key that holds the mapping. */
const knownNames: { readonly [holder: string]: readonly string[] } = { rules: [...ruleByCode.keys()] };

const profileNames = builtinProfiles.map(({ name }) => name);

/** Texts that are names of something, by the path that leads to them. */
const knownTexts: { readonly [path: string]: readonly string[] } = {
  profiles: profileNames,
  "profiles/-": profileNames,
  "profiles/-/extends": profileNames,
};

/** What can stand at a place of the project file, by the form that the file must have. */
export function completion(
  { lines }: Pick<LanguageDocument, "lines">,
  offset: number,
  client: ClientFeatures,
): CompletionItem[] {
  const place = yamlPlaceAt(lines, offset);
  if (/#/.test(lines.text.slice(lines.startOf(lines.lineAt(offset)), offset))) return [];
  const owners = shapesAt(projectShape, place.path);
  const { key } = place;
  const texts = textsAt(key && place.side === "value" ? [...place.path, key.name] : place.path);
  if (place.side === "value" && key)
    return [...texts, ...owners.flatMap((owner) => valuesOf(fieldOf(owner, key.name)))];
  const below = owners.flatMap((owner) =>
    owner.kind === "choice" ? valuesOf(owner) : keysOf(owner, knownNames[place.path.at(-1) ?? ""] ?? [], client),
  );
  return [...texts, ...below];
}

function textsAt(path: readonly string[]): CompletionItem[] {
  const names = knownTexts[path.join("/")] ?? [];
  return names.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}

function keysOf(shape: Shape, names: readonly string[], client: ClientFeatures): CompletionItem[] {
  const fields: [string, Shape][] =
    shape.kind === "record"
      ? Object.entries(shape.fields)
      : shape.kind === "map"
        ? [...(shape.keys ?? []), ...names].map((name) => [name, shape.value])
        : [];
  return fields.map(([label, field]) => ({
    label,
    kind: CompletionItemKind.Property,
    detail: describeShape(field),
    documentation: markup(field.doc, client.completionMarkdown),
    insertText: `${label}: `,
  }));
}

function valuesOf(shape: Shape | undefined): CompletionItem[] {
  const values = shape?.kind === "choice" ? shape.values : shape?.kind === "boolean" ? ["true", "false"] : [];
  return values.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}
