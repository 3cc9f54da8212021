import type { Shape } from "../../../engine/config/shape.js";
import type { YamlPlace } from "../yaml-place.js";

/** The shapes that a path leads to; several where the form leaves a choice. */
export function shapesAt(root: Shape, path: YamlPlace["path"]): Shape[] {
  let shapes = alternatives(root);
  for (const step of path) {
    shapes = shapes.flatMap((shape) => {
      const next = step === "-" ? (shape.kind === "list" ? shape.item : undefined) : fieldOf(shape, step);
      return next ? alternatives(next) : [];
    });
  }
  return shapes;
}

export function fieldOf(shape: Shape, name: string): Shape | undefined {
  if (shape.kind === "record") return Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  return shape.kind === "map" ? shape.value : undefined;
}

function alternatives(shape: Shape): Shape[] {
  return shape.kind === "either" ? shape.shapes.flatMap(alternatives) : [shape];
}
