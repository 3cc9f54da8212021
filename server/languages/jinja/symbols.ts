import type { Span } from "../../../engine/problem.js";
import type { CallBlock, Macro, Node, Statement, Template } from "../../../engine/template/syntax/nodes.js";
import { childrenOf } from "../../../engine/template/syntax/visit.js";

/** One place where a template names something. */
export interface Occurrence extends Span {
  /** Whether the name gets its value here: by set, for, macro, import, a parameter. */
  readonly defines: boolean;
}

/** A variable, parameter or macro of a template, with every place that means it, in the order of the source. */
export interface JinjaSymbol {
  readonly name: string;
  readonly kind: "variable" | "macro" | "parameter";
  /** Where the name means this. */
  readonly scope: Span;
  readonly occurrences: readonly Occurrence[];
}

interface MutableSymbol {
  readonly name: string;
  readonly kind: JinjaSymbol["kind"];
  readonly scope: Span;
  readonly occurrences: Occurrence[];
}

/**
 * Which names of a template mean the same thing, by Jinja's scoping: loops, macros, calls, blocks and `with` have a
 * scope of their own, an `if` has not. Names that the template itself never defines (`salt`, `grains`) are left out.
 */
export function jinjaSymbols(template: Template): readonly JinjaSymbol[] {
  const root = new Scope(undefined, template);
  visitAll(template.body, root);
  const symbols: MutableSymbol[] = [];
  root.resolve(symbols);
  for (const { occurrences } of symbols) occurrences.sort((a, b) => a.start - b.start);
  return symbols;
}

/** The symbol that is named at an offset. */
export function symbolAt(symbols: readonly JinjaSymbol[], offset: number): JinjaSymbol | undefined {
  return symbols.find(({ occurrences }) => occurrences.some(({ start, end }) => start <= offset && offset <= end));
}

/**
 * The names that mean something at a place, innermost scope first: of variables those that were set before it, macros
 * wherever they stand. What the tag at the place itself defines has no value yet.
 */
export function visibleAt(symbols: readonly JinjaSymbol[], offset: number, tag: Span): JinjaSymbol[] {
  const visible = new Map<string, JinjaSymbol>();
  for (const symbol of symbols) {
    const { name, kind, scope, occurrences } = symbol;
    const isSet = occurrences.some(
      ({ defines, start }) =>
        defines && (kind === "macro" || start < offset) && !(tag.start <= start && start < tag.end),
    );
    const other = visible.get(name);
    const isNearer = other === undefined || other.scope.start <= scope.start;
    if (isSet && isNearer && scope.start <= offset && offset <= scope.end) visible.set(name, symbol);
  }
  return [...visible.values()].sort((a, b) => b.scope.start - a.scope.start);
}

class Scope {
  readonly #symbols = new Map<string, MutableSymbol>();
  readonly #uses: { readonly name: string; readonly span: Span }[] = [];
  readonly #children: Scope[] = [];

  constructor(
    readonly parent: Scope | undefined,
    readonly span: Span,
  ) {
    if (parent) parent.#children.push(this);
  }

  define(name: string, { start, end }: Span, kind: JinjaSymbol["kind"]): void {
    if (name === "") return;
    const symbol = this.#symbols.get(name) ?? { name, kind, scope: this.span, occurrences: [] };
    this.#symbols.set(name, symbol);
    symbol.occurrences.push({ start, end, defines: true });
  }

  use(name: string, span: Span): void {
    this.#uses.push({ name, span });
  }

  /** Gives each use to the nearest scope that defines the name, and collects all symbols. */
  resolve(symbols: MutableSymbol[]): void {
    symbols.push(...this.#symbols.values());
    for (const { name, span } of this.#uses) {
      let scope: Scope | undefined = this;
      while (scope && !scope.#symbols.has(name)) scope = scope.parent;
      const symbol = scope ? scope.#symbols.get(name) : undefined;
      symbol?.occurrences.push({ start: span.start, end: span.end, defines: false });
    }
    for (const child of this.#children) child.resolve(symbols);
  }
}

function visitAll(nodes: readonly Node[], scope: Scope): void {
  for (const node of nodes) visit(node, scope);
}

function visit(node: Node, scope: Scope): void {
  switch (node.kind) {
    case "name":
      if (node.context === "load") scope.use(node.name, node);
      else scope.define(node.name, node, node.context === "param" ? "parameter" : "variable");
      return;
    case "namespace-reference":
      scope.use(node.name, { start: node.start, end: node.start + node.name.length });
      return;
    case "for": {
      // The loop's source is read outside of it.
      visit(node.iterable, scope);
      const body = new Scope(scope, node);
      visit(node.target, body);
      if (node.test) visit(node.test, body);
      visitAll(node.body, body);
      visitAll(node.otherwise, new Scope(scope, node));
      return;
    }
    case "macro":
      scope.define(node.name, node.nameSpan, "macro");
      visitBody(node, scope);
      return;
    case "call-block":
      if (node.call) visit(node.call, scope);
      visitBody(node, scope);
      return;
    case "with": {
      visitAll(node.values, scope);
      const body = new Scope(scope, node);
      visitAll(node.targets, body);
      visitAll(node.body, body);
      return;
    }
    case "load":
    case "set-block":
    case "filter-block":
    case "block": {
      const own: readonly Statement[] = node.body;
      visitAll(
        childrenOf(node).filter((child) => !own.some((statement) => statement === child)),
        scope,
      );
      visitAll(own, new Scope(scope, node));
      return;
    }
    default:
      visitAll(childrenOf(node), scope);
  }
}

function visitBody(node: Macro | CallBlock, scope: Scope): void {
  visitAll(node.signature.defaults, scope);
  const inner = new Scope(scope, node);
  visitAll(node.signature.parameters, inner);
  visitAll(node.body, inner);
}
