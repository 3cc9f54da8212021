import { iterate, truthy } from "../../value/operators.js";
import { Dict, Tuple, type Value } from "../../value/types.js";
import { DictView } from "../../value/views.js";
import type { MapFrame } from "../source-map.js";
import type { For, Print, Statement, TemplateText } from "../syntax/nodes.js";
import { walk } from "../syntax/visit.js";
import { assign } from "./assign.js";
import { compileArguments, compileExpression, compileFilterChain } from "./compile-expression.js";
import { compileImport } from "./compile-import.js";
import { compileLoad } from "./compile-load.js";
import { originOf } from "./expression-origin.js";
import { LoopContext } from "./loop-context.js";
import { compileMacro, Macro } from "./macro.js";
import type { Origin } from "./origins.js";
import { Output } from "./output.js";
import { printValue, rendered } from "./print.js";
import type { Rendering } from "./rendering.js";
import { Scope } from "./scope.js";

/** What a statement says to the loop around it. */
export const Flow = { next: 0, break: 1, continue: 2 } as const;
export type Flow = (typeof Flow)[keyof typeof Flow];

/** A statement made ready to run. */
export type Execute = (rendering: Rendering, scope: Scope, output: Output) => Flow;

/** Statements one after the other, until one of them leaves the loop. */
export function compileBody(statements: readonly Statement[]): Execute {
  const compiled = statements.map(compileStatement);
  if (compiled.length === 1) return compiled[0] as Execute;
  return (rendering, scope, output) => {
    for (const execute of compiled) {
      const flow = execute(rendering, scope, output);
      if (flow !== Flow.next) return flow;
    }
    return Flow.next;
  };
}

export function compileStatement(node: Statement): Execute {
  const execute = compileKind(node);
  if (node.kind === "output") return execute;
  return (rendering, scope, output) => {
    rendering.line = node.line;
    rendering.at = node;
    rendering.scope = scope;
    rendering.budget.step();
    return execute(rendering, scope, output);
  };
}

function compileKind(node: Statement): Execute {
  switch (node.kind) {
    case "output":
      return compileOutput(node.nodes);
    case "for":
      return compileFor(node);
    case "if":
      return compileIf(node);
    case "set": {
      const value = compileExpression(node.value);
      return (rendering, scope) => {
        const result = value(rendering, scope);
        const origin = rendering.mapped ? originOf(node.value, rendering, scope) : undefined;
        assign(node.target, result, origin, rendering, scope);
        return Flow.next;
      };
    }
    case "set-block":
    case "filter-block": {
      const body = compileBody(node.body);
      const filter = node.filter && compileFilterChain(node.filter);
      return (rendering, scope, output) => {
        const inner = new Output(rendering.mapped);
        const flow = body(rendering, new Scope(scope), inner);
        rendering.line = node.line;
        const text = rendered(rendering, inner);
        const value = filter ? filter(rendering, scope, text) : text;
        if (node.kind === "set-block") assign(node.target, value, undefined, rendering, scope);
        else printValue(value, node.filter ?? node, undefined, rendering, output);
        return flow;
      };
    }
    case "with":
      return compileWith(node);
    case "macro": {
      const macro = compileMacro(node.name, node.signature, node.body, compileBody(node.body));
      return (rendering, scope) => {
        scope.set(node.name, new Macro(macro, rendering, scope));
        return Flow.next;
      };
    }
    case "call-block":
      return compileCallBlock(node);
    case "do": {
      const expression = compileExpression(node.expression);
      return (rendering, scope) => {
        expression(rendering, scope);
        return Flow.next;
      };
    }
    case "loop-control":
      return () => (node.action === "break" ? Flow.break : Flow.continue);
    case "autoescape": {
      const value = compileExpression(node.value);
      const body = compileBody(node.body);
      return (rendering, scope, output) => {
        const { autoescape } = rendering;
        rendering.autoescape = truthy(value(rendering, scope));
        const flow = body(rendering, new Scope(scope), output);
        rendering.autoescape = autoescape;
        return flow;
      };
    }
    case "profile": {
      const label = compileExpression(node.label);
      const body = compileBody(node.body);
      return (rendering, scope, output) => {
        label(rendering, scope);
        return body(rendering, scope, output);
      };
    }
    case "load":
      return compileLoad(node, compileBody(node.body));
    case "block":
      return (rendering, scope, output) => {
        const { blocks } = rendering;
        blocks?.render(node.name, 0, node.scoped ? scope : blocks.root, output);
        return Flow.next;
      };
    case "extends":
    case "include":
    case "import":
    case "from-import":
    case "data-import":
      return compileImport(node);
    case "unknown":
      return () => Flow.next;
  }
}

function compileOutput(nodes: readonly (TemplateText | Print)[]): Execute {
  const pieces = nodes.map((node) =>
    node.kind === "text" ? { node, evaluate: undefined } : { node, evaluate: compileExpression(node.expression) },
  );
  return (rendering, scope, output) => {
    rendering.budget.step(pieces.length);
    for (const { node, evaluate } of pieces) {
      if (node.kind === "text") {
        rendering.budget.write(node.text.length);
        output.literal(node.text, node, rendering.file, rendering.frames);
        continue;
      }
      const { expression } = node;
      rendering.line = expression.line;
      rendering.at = expression;
      rendering.scope = scope;
      const value = (evaluate as (rendering: Rendering, scope: Scope) => Value)(rendering, scope);
      const origin = rendering.mapped ? originOf(expression, rendering, scope) : undefined;
      printValue(value, expression, origin, rendering, output);
    }
    return Flow.next;
  };
}

function compileIf(node: Extract<Statement, { kind: "if" }>): Execute {
  const branches = [node, ...node.elifs].map((branch) => ({
    node: branch,
    test: compileExpression(branch.test),
    body: compileBody(branch.body),
  }));
  const otherwise = compileBody(node.otherwise);
  return (rendering, scope, output) => {
    for (const { node: branch, test, body } of branches) {
      rendering.line = branch.line;
      const value = test(rendering, scope);
      rendering.at = branch.test;
      if (truthy(value)) return body(rendering, scope, output);
    }
    return otherwise(rendering, scope, output);
  };
}

function compileWith(node: Extract<Statement, { kind: "with" }>): Execute {
  const values = node.values.map(compileExpression);
  const body = compileBody(node.body);
  return (rendering, scope, output) => {
    const inner = new Scope(scope);
    // All values are computed outside before any name is set.
    const results = values.map((value, index) => {
      const result = value(rendering, scope);
      const valueNode = node.values[index];
      const origin = rendering.mapped && valueNode ? originOf(valueNode, rendering, scope) : undefined;
      return { result, origin };
    });
    for (const [index, target] of node.targets.entries()) {
      const { result, origin } = results[index] ?? { result: null, origin: undefined };
      assign(target, result, origin, rendering, inner);
    }
    return body(rendering, inner, output);
  };
}

function compileCallBlock(node: Extract<Statement, { kind: "call-block" }>): Execute {
  const { call } = node;
  if (!call) return () => Flow.next;
  const callee = compileExpression(call.callee);
  const args = compileArguments(call.arguments);
  const body = compileMacro("caller", node.signature, node.body, compileBody(node.body));
  return (rendering, scope, output) => {
    const called = callee(rendering, scope);
    const [positional, keywords] = args(rendering, scope);
    const caller = new Macro(body, rendering, scope);
    rendering.at = call;
    const value = rendering.call(called, positional, new Map([...keywords, ["caller", caller]]));
    printValue(value, call, undefined, rendering, output);
    return Flow.next;
  };
}

function compileFor(node: For): Execute {
  const iterable = compileExpression(node.iterable);
  const test = node.test && compileExpression(node.test);
  const body = compileBody(node.body);
  const otherwise = compileBody(node.otherwise);
  const usesLoop = node.recursive || bodyReads(node, "loop");
  const source = { start: node.tag.start, end: node.tag.end };

  const run = (value: Value, depth: number, rendering: Rendering, scope: Scope, output: Output): Flow => {
    const outer = rendering.frames;
    const { file } = rendering;
    const { items, places } = loopItems(value, rendering, (item, place) => {
      if (!test) return true;
      const inner = new Scope(scope);
      assign(node.target, item, place, rendering, inner);
      const kept = test(rendering, inner);
      rendering.at = node.test ?? node;
      return truthy(kept);
    });
    if (items.length === 0) return otherwise(rendering, new Scope(scope), output);
    const recurse = node.recursive
      ? (again: Value, below: number) => {
          const inner = new Output(rendering.mapped);
          rendering.budget.nested(() => run(again, below, rendering, scope, inner));
          const text = rendered(rendering, inner);
          rendering.lastRendered = { text: inner.text, output: inner };
          return text;
        }
      : undefined;
    const loop = usesLoop ? new LoopContext(items, depth, recurse, rendering) : undefined;
    for (let index = 0; index < items.length; index += 1) {
      rendering.budget.step();
      rendering.line = node.line;
      const inner = new Scope(scope);
      const place = places[index];
      if (loop) {
        loop.index0 = index;
        inner.set("loop", loop);
      }
      assign(node.target, items[index] as Value, place, rendering, inner);
      if (rendering.mapped) rendering.frames = [...outer, loopFrame(source, index, place, file)];
      const flow = body(rendering, inner, output);
      if (flow === Flow.break) break;
    }
    rendering.frames = outer;
    return Flow.next;
  };

  return (rendering, scope, output) => {
    const value = iterable(rendering, scope);
    rendering.at = node.iterable;
    return run(value, 0, rendering, scope, output);
  };
}

/** The items that a loop goes over, and where they were written. */
function loopItems(
  value: Value,
  rendering: Rendering,
  keep: (item: Value, place: Origin | undefined) => boolean,
): { items: Value[]; places: (Origin | undefined)[] } {
  const items: Value[] = [];
  const places: (Origin | undefined)[] = [];
  let index = 0;
  for (const item of iterate(value)) {
    rendering.budget.step();
    const place = rendering.mapped ? itemPlace(value, item, index, rendering) : undefined;
    index += 1;
    if (!keep(item, place)) continue;
    items.push(item);
    places.push(place);
  }
  return { items, places };
}

function itemPlace(value: Value, item: Value, index: number, rendering: Rendering): Origin | undefined {
  const { origins } = rendering;
  if (value instanceof Dict) return origins.ofKey(value, item);
  if (!(value instanceof DictView)) return origins.ofElement(value, index);
  const { dict, kind } = value;
  if (kind === "keys") return origins.ofKey(dict, item);
  if (kind === "values" || !(item instanceof Tuple)) return undefined;
  const key = item.items[0] as Value;
  const [from, to] = [origins.ofKey(dict, key), origins.ofElement(dict, key)];
  origins.setItems(item, [from, to]);
  return from && to && from.file === to.file ? { ...from, end: Math.max(from.end, to.end) } : (from ?? to);
}

function loopFrame(
  source: { start: number; end: number },
  iteration: number,
  place: Origin | undefined,
  file: string | undefined,
): MapFrame {
  const item = place && place.file === file ? { item: { start: place.start, end: place.end } } : {};
  return file === undefined
    ? { kind: "loop", source, iteration, ...item }
    : { kind: "loop", source, iteration, ...item, file };
}

function bodyReads(node: For, name: string): boolean {
  for (const statement of node.body) {
    for (const [inner] of walk(statement)) if (inner.kind === "name" && inner.name === name) return true;
  }
  return false;
}
