import type { Span } from "../problem.js";
import type { MapSpan } from "../template/source-map.js";
import type { AttributeView, PackageView, VersionView } from "./model.js";
import type { DefinitionView } from "./view.js";

/** A part of the definition's model, and which of its two sides a place lies in. */
export type ModelPlace =
  | { readonly kind: "package"; readonly package: PackageView }
  | { readonly kind: "version"; readonly version: VersionView }
  | {
      readonly kind: "attribute";
      readonly side: "key" | "value";
      readonly version: VersionView;
      readonly attribute: AttributeView;
    };

/** The pieces of output that the source at `offset` made: one for each turn of the loops around it. */
export function piecesAt(view: DefinitionView, offset: number): MapSpan[] {
  const spans = view.rendered.sourceMap?.spans ?? [];
  return spans.filter(
    ({ file, source }) =>
      file === undefined && source.start <= offset && offset <= source.end && source.end > source.start,
  );
}

/** The ranges of rendered text that a range of the source made. */
export function outputsOf(view: DefinitionView, range: Span): Span[] {
  const map = view.rendered.sourceMap;
  if (!map) {
    const shift = view.source.length - view.rendered.rendered.length;
    return [{ start: Math.max(0, range.start - shift), end: Math.max(0, range.end - shift) }];
  }
  return map.spans.flatMap(({ file, kind, source, output, origin }) => {
    if (origin && overlaps(origin, range)) return [output];
    if (file !== undefined || !overlaps(source, range)) return [];
    if (kind === "value") return [output];
    const start = output.start + Math.max(0, range.start - source.start);
    const end = output.end - Math.max(0, source.end - range.end);
    return [{ start, end: Math.max(start, end) }];
  });
}

/** What stands in the model at an offset of the rendered text. */
export function modelAt(view: DefinitionView, output: number): ModelPlace | undefined {
  for (const owner of view.packages) {
    if (holds(owner.key.span, output)) return { kind: "package", package: owner };
    if (!holds(owner.node.span, output)) continue;
    for (const version of owner.versions) {
      if (holds(version.key.span, output)) return { kind: "version", version };
      if (!holds(version.node.span, output)) continue;
      for (const attribute of version.attributes.values()) {
        if (holds(attribute.key.span, output)) return { kind: "attribute", side: "key", version, attribute };
        if (holds(attribute.node.span, output)) return { kind: "attribute", side: "value", version, attribute };
      }
    }
  }
  return undefined;
}

/** The parts of the model that the source at an offset made, in the order of the rendered text. */
export function modelsAt(view: DefinitionView, offset: number): ModelPlace[] {
  return outputsOf(view, { start: offset, end: offset }).flatMap(({ start }) => modelAt(view, start) ?? []);
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
