import { truthy } from "../../value/operators.js";
import type { Value } from "../../value/types.js";
import type { Expression, Print, Statement, TemplateText } from "../syntax/nodes.js";
import { assign, requireNamespaces } from "./assign.js";
import { compileBody } from "./compile-body.js";
import { compileArguments, compileExpression, compileFilterChain } from "./compile-expression.js";
import type { CompileFrame } from "./compile-frame.js";
import { compileImport } from "./compile-import.js";
import { compileLoad } from "./compile-load.js";
import { compileFor } from "./compile-loop.js";
import { originOf } from "./expression-origin.js";
import { compileMacro, Macro } from "./macro.js";
import { Output } from "./output.js";
import { printValue, rendered } from "./print.js";
import { type Execute, Flow } from "./rendering.js";
import { Scope } from "./scope.js";
import type { Symbols } from "./symbols.js";

/** Statements that mark no line of their own: an error in them is told at the line of what stands before. */
const unmarked: ReadonlySet<Statement["kind"]> = new Set([
  ...(["output", "with", "autoescape", "profile", "set-block", "filter-block"] as const),
]);

/** A statement with all that it contains, made ready to run. */
export function compileStatement(node: Statement, frame: CompileFrame): Execute {
  const before = frame.line;
  if (!unmarked.has(node.kind)) frame.mark(node.line);
  // Jinja looks for namespaces before it marks the line of a `set`.
  const line = node.kind === "set" ? before : frame.line;
  const execute = compileKind(node, frame);
  if (node.kind === "output") return execute;
  return (rendering, scope, output) => {
    rendering.line = line;
    rendering.at = node;
    rendering.scope = scope;
    rendering.budget.step();
    return execute(rendering, scope, output);
  };
}

function compileKind(node: Statement, frame: CompileFrame): Execute {
  switch (node.kind) {
    case "output":
      return compileOutput(node.nodes, frame);
    case "for":
      return compileFor(node, frame);
    case "if":
      return compileIf(node, frame);
    case "set":
      return compileSet(node);
    case "set-block":
    case "filter-block":
      return compileCapture(node, frame);
    case "with":
      return compileWith(node, frame);
    case "macro": {
      const macro = compileMacro(node, node.name, frame);
      return (rendering, scope) => {
        scope.set(node.name, new Macro(macro, rendering, scope));
        return Flow.next;
      };
    }
    case "call-block":
      return compileCallBlock(node, frame);
    case "do": {
      const expression = compileExpression(node.expression);
      return (rendering, scope) => {
        expression(rendering, scope);
        return Flow.next;
      };
    }
    case "loop-control":
      return () => (node.action === "break" ? Flow.break : Flow.continue);
    case "autoescape":
      return compileAutoescape(node, frame);
    case "profile": {
      const label = compileExpression(node.label);
      const body = compileBody(node.body, frame);
      return (rendering, scope, output) => {
        label(rendering, scope);
        return body(rendering, scope, output);
      };
    }
    case "load":
      return compileLoad(node, frame);
    case "block":
      return compileBlock(node, frame);
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

function compileBlock(node: Extract<Statement, { kind: "block" }>, frame: CompileFrame): Execute {
  return (rendering, scope, output) => {
    const { blocks } = rendering;
    if (frame.isTop && rendering.parent) return Flow.next;
    if (node.required) blocks?.require(node.name);
    blocks?.render(node.name, 0, node.scoped ? scope : blocks.root, output);
    return Flow.next;
  };
}

function compileOutput(nodes: readonly (TemplateText | Print)[], frame: CompileFrame): Execute {
  const pieces = nodes.map((node): Execute => {
    if (node.kind === "text") {
      return (rendering, _, output) => {
        rendering.budget.write(node.text.length);
        output.literal(node.text, node, rendering.file, rendering.frames);
        return Flow.next;
      };
    }
    const { expression } = node;
    if (!isConstant(expression)) frame.mark(expression.line);
    const evaluate = compileExpression(expression);
    return (rendering, scope, output) => {
      rendering.line = expression.line;
      rendering.at = expression;
      rendering.scope = scope;
      rendering.provenance.noteCaptured(undefined);
      const value = evaluate(rendering, scope);
      const origin = rendering.mapped ? originOf(expression, rendering, scope) : undefined;
      rendering.at = expression;
      printValue(value, expression, origin, rendering, output);
      return Flow.next;
    };
  });
  return (rendering, scope, output) => {
    if (frame.yields && rendering.parent) return Flow.next;
    rendering.budget.step(pieces.length);
    for (const piece of pieces) piece(rendering, scope, output);
    return Flow.next;
  };
}

/** What Jinja prints into the template's text when it compiles; it marks no line. */
function isConstant(node: Expression): boolean {
  if (node.kind === "list" || node.kind === "tuple") return node.items.every(isConstant);
  if (node.kind === "dict") return node.pairs.every(({ key, value }) => isConstant(key) && isConstant(value));
  return node.kind === "literal";
}

function compileIf(node: Extract<Statement, { kind: "if" }>, frame: CompileFrame): Execute {
  const branches = [node, ...node.elifs].map(({ line, test, body }) => {
    frame.mark(line);
    return { line, node: test, test: compileExpression(test), body: compileBody(body, frame) };
  });
  const otherwise = compileBody(node.otherwise, frame);
  return (rendering, scope, output) => {
    for (const branch of branches) {
      rendering.line = branch.line;
      const value = branch.test(rendering, scope);
      rendering.at = branch.node;
      if (truthy(value)) return branch.body(rendering, scope, output);
    }
    return otherwise(rendering, scope, output);
  };
}

/** Whether names are namespaces is asked before the value is computed. */
function compileSet(node: Extract<Statement, { kind: "set" }>): Execute {
  const value = compileExpression(node.value);
  return (rendering, scope) => {
    requireNamespaces(node.target, rendering, scope);
    rendering.line = node.line;
    rendering.at = node;
    const result = value(rendering, scope);
    const origin = rendering.mapped ? originOf(node.value, rendering, scope) : undefined;
    assign(node.target, result, origin, rendering, scope);
    return Flow.next;
  };
}

/** `{% set x %}…{% endset %}` and `{% filter x %}…{% endfilter %}`: the body's output becomes a value. */
function compileCapture(
  node: Extract<Statement, { kind: "set-block" | "filter-block" }>,
  frame: CompileFrame,
): Execute {
  const visit = (symbols: Symbols) => symbols.visit(...node.body);
  const inside = node.kind === "set-block" ? frame.capturing(visit) : frame.inner(visit);
  const body = compileBody(node.body, inside);
  frame.mark(node.line);
  const filter = node.filter && compileFilterChain(node.filter);
  const { unset } = inside;
  return (rendering, scope, output) => {
    const captured = new Output(rendering.mapped);
    const inner = new Scope(scope, unset);
    const flow = body(rendering, inner, captured);
    if (flow !== Flow.next) return flow;
    rendering.line = node.line;
    const text = rendered(rendering, captured);
    const value = filter ? filter(rendering, inner, text) : text;
    rendering.at = node;
    if (node.kind === "set-block") assign(node.target, value, undefined, rendering, scope);
    else printValue(value, node.filter ?? node, undefined, rendering, output);
    return Flow.next;
  };
}

/** Each value is computed outside, one after the other, and seen from the body on. */
function compileWith(node: Extract<Statement, { kind: "with" }>, frame: CompileFrame): Execute {
  const values = node.values.map(compileExpression);
  const inside = frame.inner((symbols) => symbols.visit(...node.targets, ...node.body));
  const body = compileBody(node.body, inside);
  const { unset } = inside;
  return (rendering, scope, output) => {
    const inner = new Scope(scope, unset);
    for (const [index, evaluate] of values.entries()) {
      const [target, valueNode] = [node.targets[index], node.values[index]];
      if (!target || !valueNode) continue;
      const value = evaluate(rendering, scope);
      const origin = rendering.mapped ? originOf(valueNode, rendering, scope) : undefined;
      assign(target, value, origin, rendering, inner);
    }
    return body(rendering, inner, output);
  };
}

function compileAutoescape(node: Extract<Statement, { kind: "autoescape" }>, frame: CompileFrame): Execute {
  const value = compileExpression(node.value);
  const inside = frame.inner((symbols) => symbols.visit(node.value, ...node.body));
  const body = compileBody(node.body, inside);
  const { unset } = inside;
  return (rendering, scope, output) => {
    const { autoescape } = rendering;
    const inner = new Scope(scope, unset);
    rendering.autoescape = truthy(value(rendering, inner));
    const flow = body(rendering, inner, output);
    rendering.autoescape = autoescape;
    return flow;
  };
}

function compileCallBlock(node: Extract<Statement, { kind: "call-block" }>, frame: CompileFrame): Execute {
  const { call } = node;
  if (!call) return () => Flow.next;
  const body = compileMacro(node, undefined, frame);
  frame.mark(node.line);
  const callee = compileExpression(call.callee);
  const args = compileArguments(call.arguments);
  return (rendering, scope, output) => {
    const caller = new Macro(body, rendering, scope);
    rendering.provenance.noteCaptured(undefined);
    const called: Value = callee(rendering, scope);
    const [positional, keywords] = args(rendering, scope);
    rendering.at = call;
    const value = rendering.call(called, positional, new Map([...keywords, ["caller", caller]]));
    printValue(value, call, undefined, rendering, output);
    return Flow.next;
  };
}
