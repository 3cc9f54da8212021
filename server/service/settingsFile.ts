import type { CompletionItem, Hover } from "vscode-languageserver-types";
import { describeShape, type Shape } from "../../engine/config/shape.js";
import type { LineTable } from "../../engine/lines.js";
import { CompletionItemKind, MarkupKind } from "./lsp.js";
import { type YamlPlace, yamlPlaceAt } from "./yamlPath.js";

/**
 * What can stand at a place of a settings file, by the form that the file must have.
 * @param names the keys of open mappings, by the key that holds the mapping: `rules` → the codes of rules
 */
export function completeSettings(
  lines: LineTable,
  offset: number,
  root: Shape,
  names: { readonly [key: string]: readonly string[] } = {},
): CompletionItem[] {
  const place = yamlPlaceAt(lines, offset);
  if (/#/.test(lines.text.slice(lines.startOf(lines.lineAt(offset)), offset))) return [];
  const owners = shapesAt(root, place.path);
  if (place.side === "value" && place.key)
    return owners.flatMap((owner) => valuesOf(fieldOf(owner, place.key?.name ?? "")));
  return owners.flatMap((owner) =>
    owner.kind === "choice" ? valuesOf(owner) : keysOf(owner, names[place.path.at(-1) ?? ""] ?? []),
  );
}

/** What a key of a settings file means. */
export function hoverSettings(lines: LineTable, offset: number, root: Shape): Hover | undefined {
  const place = yamlPlaceAt(lines, offset);
  if (!place.key || place.side !== "key") return undefined;
  const shape = shapesAt(root, place.path)
    .map((owner) => fieldOf(owner, place.key?.name ?? ""))
    .find((field) => field !== undefined);
  if (!shape?.doc) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: `${shape.doc}\n\n*${describeShape(shape)}*` },
    range: lines.range(place.key),
  };
}

/** The shapes that a path leads to; several where the form leaves a choice. */
function shapesAt(root: Shape, path: YamlPlace["path"]): Shape[] {
  let shapes = alternatives(root);
  for (const step of path) {
    shapes = shapes.flatMap((shape) => {
      const next = step === "-" ? (shape.kind === "list" ? shape.item : undefined) : fieldOf(shape, step);
      return next ? alternatives(next) : [];
    });
  }
  return shapes;
}

function alternatives(shape: Shape): Shape[] {
  return shape.kind === "either" ? shape.shapes.flatMap(alternatives) : [shape];
}

function fieldOf(shape: Shape, name: string): Shape | undefined {
  if (shape.kind === "record") return Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  return shape.kind === "map" ? shape.value : undefined;
}

function keysOf(shape: Shape, names: readonly string[]): CompletionItem[] {
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
    documentation: { kind: MarkupKind.Markdown, value: field.doc },
    insertText: `${label}: `,
  }));
}

function valuesOf(shape: Shape | undefined): CompletionItem[] {
  const values = shape?.kind === "choice" ? shape.values : shape?.kind === "boolean" ? ["true", "false"] : [];
  return values.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}
