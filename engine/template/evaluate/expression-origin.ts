import type { Expression } from "../syntax/nodes.js";
import type { Origin } from "./origins.js";
import type { Rendering } from "./rendering.js";
import type { Scope } from "./scope.js";

/**
 * Where the value of an expression that was evaluated just now stands literally: the literal itself, what a variable
 * was set from, or an element of a literal list or dict. Undefined for what was computed.
 */
export function originOf(node: Expression, rendering: Rendering, scope: Scope): Origin | undefined {
  switch (node.kind) {
    case "literal":
    case "list":
    case "dict":
    case "tuple":
      return rendering.place(node);
    case "name":
      return scope.originOf(node.name);
    case "item":
      return node.argument.kind === "slice" ? undefined : rendering.provenance.elementOrigin();
    case "attribute":
      return rendering.provenance.elementOrigin();
    case "filter":
      // These hand their input on unchanged, but for its type.
      return node.node && (node.name === "string" || node.name === "trim")
        ? originOf(node.node, rendering, scope)
        : undefined;
    default:
      return undefined;
  }
}
