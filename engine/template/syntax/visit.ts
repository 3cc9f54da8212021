import type { Arguments, Expression, FilterExpression, Node, Signature, Statement } from "./nodes.js";

/** The direct children of a node, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case "template":
      return [...node.body];
    case "output":
      return [...node.nodes];
    case "print":
    case "do":
      return [node.expression];
    case "for":
      return [node.target, node.iterable, ...some(node.test), ...node.body, ...node.otherwise];
    case "if":
      return [node.test, ...node.body, ...node.elifs, ...node.otherwise];
    case "with":
      return [...node.targets.flatMap((target, index) => [target, ...some(node.values[index])]), ...node.body];
    case "macro":
      return [...signatureNodes(node.signature), ...node.body];
    case "call-block":
      return [...signatureNodes(node.signature), ...some(node.call), ...node.body];
    case "filter-block":
      return [...some<Expression>(node.filter), ...node.body];
    case "set":
      return [node.target, node.value];
    case "set-block":
      return [node.target, ...some<FilterExpression>(node.filter), ...node.body];
    case "extends":
    case "include":
      return [node.template];
    case "import":
      return [node.template, node.target];
    case "from-import":
      return [node.template, ...node.names.map((name) => name.target)];
    case "autoescape":
      return [node.value, ...node.body];
    case "block":
      return [...node.body];
    case "load":
      return [node.target, ...node.body];
    case "data-import":
      return [node.import];
    case "profile":
      return [node.label, ...node.body];
    case "tuple":
    case "list":
      return [...node.items];
    case "dict":
      return node.pairs.flatMap((pair) => [pair.key, pair.value]);
    case "conditional":
      return [node.then, node.test, ...some(node.otherwise)];
    case "filter":
      return [...some(node.node), ...argumentNodes(node.arguments)];
    case "test":
      return [node.node, ...argumentNodes(node.arguments)];
    case "call":
      return [node.callee, ...argumentNodes(node.arguments)];
    case "attribute":
    case "unary":
      return [node.node];
    case "item":
      return [node.node, node.argument];
    case "slice":
      return [...some(node.from), ...some(node.to), ...some(node.step)];
    case "concatenation":
      return [...node.nodes];
    case "comparison":
      return [node.first, ...node.rest.map((operand) => operand.node)];
    case "binary":
      return [node.left, node.right];
    case "name":
    case "namespace-reference":
    case "literal":
    case "missing":
    case "text":
    case "loop-control":
    case "unknown":
      return [];
  }
}

function some<T extends Expression | Statement>(node: T | undefined): T[] {
  return node === undefined ? [] : [node];
}

function argumentNodes({ args, kwargs, dynamicArgs, dynamicKwargs }: Arguments): Expression[] {
  return [...args, ...kwargs.map((argument) => argument.value), ...some(dynamicArgs), ...some(dynamicKwargs)];
}

function signatureNodes({ parameters, defaults }: Signature): Expression[] {
  const first = parameters.length - defaults.length;
  return parameters.flatMap((parameter, index) => [parameter, ...some(defaults[index - first])]);
}

/** All nodes below and including `root`, parents first, with the chain of their ancestors (nearest last). */
export function* walk(root: Node, ancestors: readonly Node[] = []): Generator<[Node, readonly Node[]]> {
  yield [root, ancestors];
  const chain = [...ancestors, root];
  for (const child of childrenOf(root)) yield* walk(child, chain);
}

/** The innermost node at an offset (its end counts), behind its ancestors; empty outside of the template. */
export function nodesAt(root: Node, offset: number): Node[] {
  const path: Node[] = [];
  let found: Node | undefined = root;
  while (found) {
    path.push(found);
    found = childrenOf(found).findLast((child) => child.start <= offset && offset <= child.end);
  }
  return path;
}

/** How deep a tree is nested; found without recursion. */
export function depthOf(root: Node): number {
  let depth = 0;
  let level: Node[] = [root];
  while (level.length > 0) {
    depth += 1;
    level = level.flatMap(childrenOf);
  }
  return depth;
}
