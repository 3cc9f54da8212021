import { escapeValue, Markup } from "../../value/markup.js";
import {
  binary,
  compare,
  contains,
  equal,
  negative,
  positive,
  Slice,
  subscript,
  truthy,
} from "../../value/operators.js";
import { str } from "../../value/repr.js";
import { Dict, int, PyError, PyFloat, Tuple, type Value } from "../../value/types.js";
import { filterOf } from "../filters/available.js";
import type { Args, Budget, Kwargs } from "../runtime.js";
import { LenientUndefined, noKwargs } from "../runtime.js";
import type { Arguments, Comparison, Expression, FilterExpression, Literal } from "../syntax/nodes.js";
import { tests } from "../tests/index.js";
import { expandArguments } from "./call-arguments.js";
import { originOf } from "./expression-origin.js";
import type { Origin } from "./origins.js";
import type { Rendering } from "./rendering.js";
import type { Scope } from "./scope.js";

/** An expression made ready to run. @throws PyError what Jinja or Python raises */
export type Evaluate = (rendering: Rendering, scope: Scope) => Value;

/**
 * Turns an expression into closures once, so that loops do not look at the tree again. Before anything that can raise,
 * `rendering.at` is set to the node: that is where an error is shown.
 */
export function compileExpression(node: Expression): Evaluate {
  switch (node.kind) {
    case "literal": {
      const value = literalValue(node);
      return () => value;
    }
    case "name":
      return (rendering, scope) => {
        const value = scope.get(node.name);
        return value === undefined ? rendering.unknownName(node) : value;
      };
    case "list":
      return compileList(node.items, (items) => items);
    case "tuple":
      return compileList(node.items, (items) => new Tuple(items));
    case "dict":
      return compileDict(node.pairs);
    case "conditional":
      return compileConditional(node);
    case "filter":
      return compileFilter(node);
    case "test":
      return compileTest(node);
    case "call":
      return compileCall(node);
    case "attribute":
      return compileAttribute(node);
    case "item":
      return compileItem(node);
    case "slice":
      return compileSlice(node);
    case "concatenation":
      return compileConcatenation(node);
    case "comparison":
      return compileComparison(node);
    case "binary":
      return compileBinary(node);
    case "unary": {
      const operand = compileExpression(node.node);
      const apply = { not: (value: Value) => !truthy(value), "-": negative, "+": positive }[node.operator];
      return (rendering, scope) => {
        const value = operand(rendering, scope);
        rendering.at = node;
        return apply(value);
      };
    }
    case "namespace-reference":
    case "missing":
      return (rendering) => rendering.undefined({ name: "" });
  }
}

function compileTest(node: Extract<Expression, { kind: "test" }>): Evaluate {
  const value = compileExpression(node.node);
  const args = compileArguments(node.arguments);
  const known = tests.has(node.name);
  return (rendering, scope) => {
    const subject = value(rendering, scope);
    const [positional, keywords] = args(rendering, scope);
    rendering.at = node;
    if (!known) throw notFound("test", node.name);
    return rendering.callTest(node.name, subject, positional, keywords);
  };
}

function compileCall(node: Extract<Expression, { kind: "call" }>): Evaluate {
  const callee = compileExpression(node.callee);
  const args = compileArguments(node.arguments);
  return (rendering, scope) => {
    const called = callee(rendering, scope);
    const [positional, keywords] = args(rendering, scope);
    rendering.at = node;
    return rendering.call(called, positional, keywords);
  };
}

function compileAttribute(node: Extract<Expression, { kind: "attribute" }>): Evaluate {
  const object = compileExpression(node.node);
  return (rendering, scope) => {
    const container = object(rendering, scope);
    rendering.at = node;
    const value = rendering.provenance.noteUndefined(rendering.getAttribute(container, node.attribute), node);
    if (rendering.mapped) rendering.provenance.noteElement(container, node.attribute);
    return value;
  };
}

/** A filter or test that there is not, in a part of the template that a condition might have kept from running. */
function notFound(what: "filter" | "test", name: string): PyError {
  return new PyError("TemplateRuntimeError", `No ${what} named '${name}' found.`);
}

function literalValue({ type, text }: Literal): Value {
  switch (type) {
    case "string":
      return text;
    case "integer":
      return int(BigInt(text.replaceAll("_", "")));
    case "float":
      return new PyFloat(Number(text.replaceAll("_", "")));
    case "boolean":
      return text.toLowerCase() === "true";
    case "none":
      return null;
  }
}

function compileList(nodes: readonly Expression[], make: (items: Value[]) => Value[] | Tuple): Evaluate {
  const compiled = nodes.map(compileExpression);
  return (rendering, scope) => {
    rendering.budget.step(compiled.length);
    if (!rendering.mapped) return make(compiled.map((evaluate) => evaluate(rendering, scope)));
    const places: (Origin | undefined)[] = [];
    const items = compiled.map((evaluate, index) => {
      const item = evaluate(rendering, scope);
      places.push(originOf(nodes[index] as Expression, rendering, scope));
      return item;
    });
    const container = make(items);
    rendering.origins.setItems(container, places);
    return container;
  };
}

function compileDict(pairs: readonly { readonly key: Expression; readonly value: Expression }[]): Evaluate {
  const compiled = pairs.map(({ key, value }) => ({
    key: compileExpression(key),
    value: compileExpression(value),
    keyNode: key,
    valueNode: value,
  }));
  return (rendering, scope) => {
    rendering.budget.step(compiled.length);
    const dict = new Dict();
    for (const { key, value, keyNode, valueNode } of compiled) {
      const name = key(rendering, scope);
      const keyOrigin = rendering.mapped ? originOf(keyNode, rendering, scope) : undefined;
      const item = value(rendering, scope);
      const valueOrigin = rendering.mapped ? originOf(valueNode, rendering, scope) : undefined;
      rendering.at = keyNode;
      dict.set(name, item);
      if (rendering.mapped) rendering.origins.setEntry(dict, name, keyOrigin, valueOrigin);
    }
    return dict;
  };
}

function compileConditional(node: Extract<Expression, { kind: "conditional" }>): Evaluate {
  const test = compileExpression(node.test);
  const then = compileExpression(node.chosen);
  const otherwise = node.otherwise && compileExpression(node.otherwise);
  return (rendering, scope) => {
    const holds = test(rendering, scope);
    rendering.at = node.test;
    if (truthy(holds)) return then(rendering, scope);
    if (otherwise) return otherwise(rendering, scope);
    const place = rendering.file === undefined ? `line ${node.line}` : `line ${node.line} in '${rendering.file}'`;
    const hint = `the inline if-expression on ${place} evaluated to false and no else section was defined.`;
    return rendering.provenance.noteUndefined(new LenientUndefined({ hint }), node);
  };
}

function compileFilter(node: FilterExpression): Evaluate {
  const input = node.node && compileExpression(node.node);
  const apply = compileFilterOn(node);
  return (rendering, scope) => apply(rendering, scope, input ? input(rendering, scope) : "");
}

type Apply = (rendering: Rendering, scope: Scope, input: Value) => Value;

/** A filter over the input that it is called with. */
function compileFilterOn(node: FilterExpression): Apply {
  const args = compileArguments(node.arguments);
  return (rendering, scope, input) => {
    const [positional, keywords] = args(rendering, scope);
    rendering.at = node;
    if (!filterOf(node.name, rendering.salt)) throw notFound("filter", node.name);
    return rendering.callFilter(node.name, input, positional, keywords);
  };
}

/** The filters of a filter block or a `set` block, innermost first: they take the rendered body. */
export function compileFilterChain(node: FilterExpression): Apply {
  const apply = compileFilterOn(node);
  const inner = node.node?.kind === "filter" ? compileFilterChain(node.node) : undefined;
  return (rendering, scope, input) => apply(rendering, scope, inner ? inner(rendering, scope, input) : input);
}

const noArgs: Args = [];
const noOrigins: ReadonlyMap<string, Origin> = new Map();

/** Positional and keyword arguments, with `*args` and `**kwargs` laid out. */
export function compileArguments(node: Arguments): (rendering: Rendering, scope: Scope) => [Args, Kwargs] {
  const args = node.args.map(compileExpression);
  const kwargs = node.kwargs.map(({ name, value }) => ({ name, value: compileExpression(value) }));
  const dynamicArgs = node.dynamicArgs && compileExpression(node.dynamicArgs);
  const dynamicKwargs = node.dynamicKwargs && compileExpression(node.dynamicKwargs);
  if (kwargs.length === 0 && !dynamicArgs && !dynamicKwargs) {
    if (args.length === 0) return () => [noArgs, noKwargs];
    return (rendering, scope) => {
      if (!rendering.mapped) return [args.map((evaluate) => evaluate(rendering, scope)), noKwargs];
      const places: (Origin | undefined)[] = [];
      const positional = args.map((evaluate, index) => {
        const value = evaluate(rendering, scope);
        places.push(originOf(node.args[index] as Expression, rendering, scope));
        return value;
      });
      rendering.provenance.noteArguments({ args: positional, positional: places, named: noOrigins });
      return [positional, noKwargs];
    };
  }
  return (rendering, scope) => {
    const places: (Origin | undefined)[] = [];
    const positional = args.map((evaluate, index) => {
      const value = evaluate(rendering, scope);
      if (rendering.mapped) places.push(originOf(node.args[index] as Expression, rendering, scope));
      return value;
    });
    const keywords = new Map<string, Value>();
    const named = new Map<string, Origin>();
    for (const [index, { name, value }] of kwargs.entries()) {
      keywords.set(name, value(rendering, scope));
      const origin = rendering.mapped && originOf(node.kwargs[index]?.value as Expression, rendering, scope);
      if (origin) named.set(name, origin);
    }
    rendering.provenance.noteArguments({ args: positional, positional: places, named });
    const more = dynamicArgs?.(rendering, scope);
    const mapping = dynamicKwargs?.(rendering, scope);
    return expandArguments(positional, keywords, more, mapping);
  };
}

function compileItem(node: Extract<Expression, { kind: "item" }>): Evaluate {
  const object = compileExpression(node.node);
  const key = compileExpression(node.argument);
  const isSlice = node.argument.kind === "slice";
  return (rendering, scope) => {
    const container = object(rendering, scope);
    const index = key(rendering, scope);
    rendering.at = node;
    if (isSlice) return subscript(container, index, rendering.budget);
    const value = rendering.provenance.noteUndefined(rendering.getItem(container, index), node);
    if (rendering.mapped) rendering.provenance.noteElement(container, index);
    return value;
  };
}

function compileSlice(node: Extract<Expression, { kind: "slice" }>): Evaluate {
  const parts = [node.from, node.to, node.step].map((part) => part && compileExpression(part));
  return (rendering, scope) => {
    const [start, stop, step] = parts.map((part) => (part ? part(rendering, scope) : null));
    return new Slice(start ?? null, stop ?? null, step ?? null);
  };
}

function compileConcatenation(node: Extract<Expression, { kind: "concatenation" }>): Evaluate {
  const parts = node.nodes.map(compileExpression);
  return (rendering, scope) => {
    const values = parts.map((part) => part(rendering, scope));
    rendering.at = node;
    if (rendering.autoescape && values.some((value) => value instanceof Markup)) {
      return new Markup(values.map((value) => escapeValue(value).text).join(""));
    }
    const text = values.map(str).join("");
    rendering.budget.allocate(text.length);
    return rendering.autoescape ? new Markup(text) : text;
  };
}

function compileComparison(node: Comparison): Evaluate {
  const first = compileExpression(node.first);
  const rest = node.rest.map(({ operator, node: operand }) => ({ operator, operand: compileExpression(operand) }));
  return (rendering, scope) => {
    let left = first(rendering, scope);
    for (const { operator, operand } of rest) {
      const right = operand(rendering, scope);
      rendering.at = node;
      if (!holds(operator, left, right, rendering.budget)) return false;
      left = right;
    }
    return true;
  };
}

function holds(operator: Comparison["rest"][number]["operator"], left: Value, right: Value, budget: Budget): boolean {
  switch (operator) {
    case "==":
      return equal(left, right);
    case "!=":
      return !equal(left, right);
    case "in":
      return contains(right, left, budget);
    case "not in":
      return !contains(right, left, budget);
    default:
      return compare(operator, left, right);
  }
}

function compileBinary(node: Extract<Expression, { kind: "binary" }>): Evaluate {
  const left = compileExpression(node.left);
  const right = compileExpression(node.right);
  const { operator } = node;
  if (operator === "and" || operator === "or") {
    return (rendering, scope) => {
      const value = left(rendering, scope);
      rendering.at = node.left;
      return truthy(value) === (operator === "or") ? value : right(rendering, scope);
    };
  }
  return (rendering, scope) => {
    const a = left(rendering, scope);
    const b = right(rendering, scope);
    rendering.at = node;
    rendering.budget.step();
    return binary(operator, a, b, rendering.budget);
  };
}
