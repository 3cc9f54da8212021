import { iterate } from "../../value/operators.js";
import { Dict, PyError, typeName, type Value } from "../../value/types.js";
import { Namespace } from "../runtime.js";
import type { Target } from "../syntax/nodes.js";
import type { Origin } from "./origins.js";
import type { Rendering } from "./rendering.js";
import type { Scope } from "./scope.js";

/**
 * Sets what stands left of `=` or `in`: a name, names in tuples to any depth, an attribute of a namespace.
 * @throws PyError ValueError, TypeError when a value does not unpack
 */
export function assign(
  target: Target,
  value: Value,
  origin: Origin | undefined,
  rendering: Rendering,
  scope: Scope,
): void {
  if (target.kind === "name") {
    scope.set(target.name, value, origin);
  } else if (target.kind === "tuple") {
    rendering.at = target;
    const items = unpack(value, target.items.length);
    for (const [index, item] of target.items.entries()) {
      const place = rendering.mapped ? rendering.origins.ofElement(value, index) : undefined;
      assign(item, items[index] as Value, place, rendering, scope);
    }
  } else if (target.kind === "namespace-reference") {
    requireNamespaces(target, rendering, scope);
    (scope.get(target.name) as Namespace).values.set(target.attribute, value);
  }
}

/**
 * Jinja sets attributes of namespaces alone.
 * @throws PyError TemplateRuntimeError
 */
export function requireNamespaces(target: Target, rendering: Rendering, scope: Scope): void {
  if (target.kind === "tuple") {
    for (const item of target.items) requireNamespaces(item, rendering, scope);
  } else if (target.kind === "namespace-reference" && !(scope.get(target.name) instanceof Namespace)) {
    rendering.at = target;
    throw new PyError("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
  }
}

/** A value whose number of items does not fit the names it is unpacked to. */
export class UnpackError extends PyError {}

function unpack(value: Value, count: number): Value[] {
  const items: Value[] = [];
  for (const item of iterable(value)) {
    if (items.length === count) {
      throw new UnpackError("ValueError", `too many values to unpack (expected ${count})`);
    }
    items.push(item);
  }
  if (items.length === count) return items;
  throw new UnpackError("ValueError", `not enough values to unpack (expected ${count}, got ${items.length})`);
}

function iterable(value: Value): Iterable<Value> {
  if (value instanceof Dict) return value.keys();
  try {
    return iterate(value);
  } catch (error) {
    if (!(error instanceof PyError) || error.type !== "TypeError") throw error;
    throw new UnpackError("TypeError", `cannot unpack non-iterable ${typeName(value)} object`);
  }
}
