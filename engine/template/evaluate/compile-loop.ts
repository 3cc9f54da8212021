import { iterate, truthy } from "../../value/operators.js";
import { Dict, Tuple, type Value } from "../../value/types.js";
import { DictView } from "../../value/views.js";
import type { For, Node } from "../syntax/nodes.js";
import { forEachNode } from "../syntax/visit.js";
import { assign } from "./assign.js";
import { compileBody } from "./compile-body.js";
import { compileExpression, type Evaluate } from "./compile-expression.js";
import type { CompileFrame } from "./compile-frame.js";
import { FrameChain } from "./frame-chain.js";
import { LoopContext, type LoopItem } from "./loop-context.js";
import type { Origin, Origins } from "./origins.js";
import { Output } from "./output.js";
import { rendered } from "./print.js";
import { type Execute, Flow, type Rendering } from "./rendering.js";
import { Scope } from "./scope.js";

/** `{% for … %}`: each iteration is a frame of its own. */
export function compileFor(node: For, frame: CompileFrame): Execute {
  const usesLoop = node.recursive || node.body.some((statement) => reads(statement, "loop"));
  const bodyFrame = frame.inner((symbols) => {
    if (usesLoop) symbols.declare("loop");
    symbols.declareTarget(node.target).visit(...node.body);
  });
  const keep = node.test && compileTest(node, node.test, frame);
  frame.mark(node.line);
  const iterable = compileExpression(node.iterable);
  const body = compileBody(node.body, bodyFrame);
  const elseFrame = frame.inner((symbols) => symbols.visit(...node.otherwise));
  const otherwise = compileBody(node.otherwise, elseFrame);
  const { unset } = bodyFrame;
  const elseUnset = elseFrame.unset;

  const run = (value: Value, depth: number, rendering: Rendering, scope: Scope, output: Output): Flow => {
    const outer = rendering.frames;
    const items = loopItems(value, rendering, keep && ((item) => keep(item, rendering, scope)));
    const recurse = node.recursive
      ? (again: Value, below: number) => {
          const inner = new Output(rendering.mapped);
          rendering.budget.nested(() => run(again, below, rendering, scope, inner));
          rendering.provenance.noteCaptured(inner);
          return rendered(rendering, inner);
        }
      : undefined;
    const loop = new LoopContext(items, node.test ? undefined : value, depth, recurse, rendering);
    let completed = false;
    for (let index = 0; ; index += 1) {
      rendering.budget.step();
      rendering.line = node.line;
      rendering.at = node.iterable;
      const item = loop.next();
      if (!item) break;
      const inner = new Scope(scope, unset);
      if (usesLoop) inner.set("loop", loop);
      assign(node.target, item.value, item.origin, rendering, inner);
      if (rendering.mapped) {
        rendering.frames = new FrameChain(outer, "loop", node.tag, rendering.file, index, item.origin);
      }
      const flow = body(rendering, inner, output);
      if (flow === Flow.break) break;
      // As in Jinja, an iteration that `continue` cuts short does not keep the `else` from running.
      if (flow === Flow.next) completed = true;
    }
    rendering.frames = outer;
    return completed ? Flow.next : otherwise(rendering, new Scope(scope, elseUnset), output);
  };

  return (rendering, scope, output) => {
    rendering.line = node.line;
    const value = iterable(rendering, scope);
    rendering.at = node.iterable;
    return run(value, 0, rendering, scope, output);
  };
}

/** The `if` of a loop: whether an item is kept. */
function compileTest(node: For, test: NonNullable<For["test"]>, frame: CompileFrame) {
  const { unset } = frame.inner((symbols) => symbols.declareTarget(node.target).visit(test));
  const evaluate: Evaluate = compileExpression(test);
  return ({ value, origin }: LoopItem, rendering: Rendering, scope: Scope): boolean => {
    const inner = new Scope(scope, unset);
    rendering.line = test.line;
    assign(node.target, value, origin, rendering, inner);
    const kept = evaluate(rendering, inner);
    rendering.at = test;
    return truthy(kept);
  };
}

/** The items that a loop goes over, and where they were written. */
function* loopItems(
  value: Value,
  rendering: Rendering,
  keep: ((item: LoopItem) => boolean) | undefined,
): Generator<LoopItem> {
  let index = 0;
  const originOf = rendering.mapped ? itemOrigins(value, rendering.origins) : undefined;
  for (const item of iterate(value)) {
    const origin = originOf?.(item, index);
    index += 1;
    const found = { value: item, origin };
    rendering.budget.step();
    if (!keep || keep(found)) yield found;
  }
}

/** Where the items of something that is looped over were written. */
function itemOrigins(value: Value, origins: Origins): (item: Value, index: number) => Origin | undefined {
  if (value instanceof Dict) return (item) => origins.ofKey(value, item);
  if (!(value instanceof DictView)) return (_, index) => origins.ofElement(value, index);
  const { dict, kind } = value;
  if (kind === "keys") return (item) => origins.ofKey(dict, item);
  if (kind === "values") {
    const keys = [...dict.keys()];
    return (_, index) => origins.ofElement(dict, keys[index] ?? null);
  }
  return (item) => {
    if (!(item instanceof Tuple)) return undefined;
    const key = item.items[0] as Value;
    const [from, to] = [origins.ofKey(dict, key), origins.ofElement(dict, key)];
    origins.setItems(item, [from, to]);
    return from && to && from.file === to.file ? { ...from, end: Math.max(from.end, to.end) } : (from ?? to);
  };
}

/** Whether a name is read anywhere in a statement. */
function reads(statement: Node, name: string): boolean {
  let found = false;
  forEachNode(statement, (node) => {
    found ||= node.kind === "name" && node.name === name && node.context === "load";
  });
  return found;
}
