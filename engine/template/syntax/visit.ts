import type { Arguments, Node, Signature } from "./nodes.js";

/** Calls `visit` for each direct child of a node, in the order in which Jinja's compiler comes by them. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const all = (nodes: readonly Node[]) => {
    for (const child of nodes) visit(child);
  };
  const some = (child: Node | undefined) => {
    if (child !== undefined) visit(child);
  };
  switch (node.kind) {
    case "template":
    case "block":
      all(node.body);
      break;
    case "output":
    case "concatenation":
      all(node.nodes);
      break;
    case "print":
    case "do":
      visit(node.expression);
      break;
    case "for":
      visit(node.target);
      visit(node.iterable);
      some(node.test);
      all(node.body);
      all(node.otherwise);
      break;
    case "if":
      visit(node.test);
      all(node.body);
      all(node.elifs);
      all(node.otherwise);
      break;
    case "with":
      for (const [index, target] of node.targets.entries()) {
        visit(target);
        some(node.values[index]);
      }
      all(node.body);
      break;
    case "macro":
      visitSignature(node.signature, visit);
      all(node.body);
      break;
    case "call-block":
      visitSignature(node.signature, visit);
      some(node.call);
      all(node.body);
      break;
    case "filter-block":
      some(node.filter);
      all(node.body);
      break;
    case "set":
      visit(node.target);
      visit(node.value);
      break;
    case "set-block":
      visit(node.target);
      some(node.filter);
      all(node.body);
      break;
    case "extends":
    case "include":
      visit(node.template);
      break;
    case "import":
      visit(node.template);
      visit(node.target);
      break;
    case "from-import":
      visit(node.template);
      all(node.names.map((name) => name.target));
      break;
    case "autoescape":
      visit(node.value);
      all(node.body);
      break;
    case "load":
      visit(node.target);
      all(node.body);
      break;
    case "data-import":
      visit(node.import);
      break;
    case "profile":
      visit(node.label);
      all(node.body);
      break;
    case "tuple":
    case "list":
      all(node.items);
      break;
    case "dict":
      for (const { key, value } of node.pairs) {
        visit(key);
        visit(value);
      }
      break;
    case "conditional":
      visit(node.chosen);
      visit(node.test);
      some(node.otherwise);
      break;
    case "filter":
      some(node.node);
      visitArguments(node.arguments, visit);
      break;
    case "test":
      visit(node.node);
      visitArguments(node.arguments, visit);
      break;
    case "call":
      visit(node.callee);
      visitArguments(node.arguments, visit);
      break;
    case "attribute":
    case "unary":
      visit(node.node);
      break;
    case "item":
      visit(node.node);
      visit(node.argument);
      break;
    case "slice":
      some(node.from);
      some(node.to);
      some(node.step);
      break;
    case "comparison":
      visit(node.first);
      for (const operand of node.rest) visit(operand.node);
      break;
    case "binary":
      visit(node.left);
      visit(node.right);
      break;
    case "name":
    case "namespace-reference":
    case "literal":
    case "missing":
    case "text":
    case "loop-control":
    case "unknown":
      break;
  }
}

function visitArguments({ args, kwargs, dynamicArgs, dynamicKwargs }: Arguments, visit: (child: Node) => void): void {
  for (const argument of args) visit(argument);
  for (const { value } of kwargs) visit(value);
  if (dynamicArgs) visit(dynamicArgs);
  if (dynamicKwargs) visit(dynamicKwargs);
}

function visitSignature({ parameters, defaults }: Signature, visit: (child: Node) => void): void {
  const first = parameters.length - defaults.length;
  for (const [index, parameter] of parameters.entries()) {
    visit(parameter);
    const initial = defaults[index - first];
    if (initial) visit(initial);
  }
}

/** The direct children of a node. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

/** Calls `visit` for every node below and including `root`, parents first. */
export function forEachNode(root: Node, visit: (node: Node) => void): void {
  visit(root);
  forEachChild(root, (child) => forEachNode(child, visit));
}

/** All nodes below and including `root`, parents first, with the chain of their ancestors (nearest last). */
export function* walk(root: Node, ancestors: readonly Node[] = []): Generator<[Node, readonly Node[]]> {
  yield [root, ancestors];
  const chain = [...ancestors, root];
  for (const child of childrenOf(root)) yield* walk(child, chain);
}

/** How deep a tree is nested. Found level by level, so that no tree is too deep for it. */
export function depthOf(root: Node): number {
  let depth = 0;
  for (let level: Node[] = [root]; level.length > 0; depth += 1) {
    const next: Node[] = [];
    for (const node of level) forEachChild(node, (child) => next.push(child));
    level = next;
  }
  return depth;
}
