import type { Span } from "../../../engine/problem.js";
import type { Expression, Node, Statement, Template } from "../../../engine/template/syntax/nodes.js";
import { toJson } from "../../../engine/value/convert.js";
import { loadYaml } from "../../../engine/yaml/index.js";
import { nodesAt } from "./node-path.js";
import { reachingDefinitions } from "./reaching.js";
import type { TemplateText } from "./template-text.js";

/** How far values are followed through names, and how many of a loop's are looked at. */
const depthLimit = 8;
const countLimit = 200;
/** How many expressions are looked at for one answer: names may stand for each other in many ways. */
const stepLimit = 1000;

/**
 * The values that an expression may have, as far as the template itself writes them down: literals, what `set` and
 * `load_yaml` give a name, the items of loops over those. Nothing is rendered, so it is known in a broken template, too.
 * @param at where the expression stands
 */
export function staticValues(template: TemplateText, expression: Expression, at: number): unknown[] {
  return new Reader(template).values(expression, at, 0).slice(0, countLimit);
}

class Reader {
  readonly #template: TemplateText;
  #steps = 0;

  constructor(template: TemplateText) {
    this.#template = template;
  }

  values(expression: Expression, at: number, depth: number): unknown[] {
    if (depth > depthLimit || ++this.#steps > stepLimit) return [];
    const read = (part: Expression) => this.values(part, at, depth + 1);
    switch (expression.kind) {
      case "literal":
        return [literal(expression.type, expression.text)];
      case "list":
      case "tuple":
        return [expression.items.slice(0, countLimit).map((item) => read(item)[0])];
      case "dict":
        return [Object.fromEntries(expression.pairs.map(({ key, value }) => [String(read(key)[0]), read(value)[0]]))];
      case "conditional":
        return [...read(expression.chosen), ...(expression.otherwise ? read(expression.otherwise) : [])];
      case "attribute":
        return members(read(expression.node), expression.attribute);
      case "item":
        return read(expression.argument).flatMap((key) => members(read(expression.node), String(key)));
      case "call":
        return this.#called(expression.callee, at, depth);
      case "name":
        return this.#named(expression.name, at, depth);
      default:
        return [];
    }
  }

  /** `d.items()`, `d.keys()` and `d.values()`; each as the list that a loop goes over. */
  #called(callee: Expression, at: number, depth: number): unknown[] {
    if (callee.kind !== "attribute") return [];
    return this.values(callee.node, at, depth + 1).flatMap((value): unknown[] => {
      if (!isDict(value)) return [];
      if (callee.attribute === "items") return [Object.entries(value)];
      if (callee.attribute === "values") return [Object.values(value)];
      return callee.attribute === "keys" ? [Object.keys(value)] : [];
    });
  }

  #named(name: string, at: number, depth: number): unknown[] {
    const { tree, symbols } = this.#template;
    const symbol = symbols
      .filter((each) => each.name === name && each.scope.start <= at && at <= each.scope.end)
      .sort((a, b) => b.scope.start - a.scope.start)[0];
    if (!symbol) return [];
    return reachingDefinitions(tree, symbol, at).flatMap((place) => this.#given(tree, place, depth));
  }

  /** What the statement that sets a name gives it. */
  #given(tree: Template, place: Span, depth: number): unknown[] {
    for (const node of nodesAt(tree, place.start).reverse()) {
      if (node.kind === "set") return taken(node.target, place, this.values(node.value, node.start, depth + 1));
      if (node.kind === "for") {
        const lists = this.values(node.iterable, node.start, depth + 1);
        return taken(node.target, place, lists.flatMap(itemsOf));
      }
      if (node.kind === "load" && node.format === "yaml") return loaded(node.body);
    }
    return [];
  }
}

/** The part of each value that a target of several names gives to the name at a place. */
function taken(target: Node, place: Span, values: readonly unknown[]): unknown[] {
  if (target.kind !== "tuple") return [...values];
  const index = target.items.findIndex((item) => item.start === place.start);
  return values.flatMap((value) => (Array.isArray(value) && index >= 0 ? [value[index]] : []));
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.slice(0, countLimit);
  return isDict(value) ? Object.keys(value) : [];
}

/** A block of data without tags in it. */
function loaded(body: readonly Statement[]): unknown[] {
  let source = "";
  for (const statement of body) {
    for (const node of statement.kind === "output" ? statement.nodes : [statement]) {
      if (node.kind !== "text") return [];
      source += node.text;
    }
  }
  const { data, problems } = loadYaml(source);
  return problems.length > 0 || data === undefined ? [] : [toJson(data)];
}

function literal(type: string, text: string): unknown {
  if (type === "string") return text;
  if (type === "boolean") return /^t/i.test(text);
  return type === "none" ? null : Number(text.replaceAll("_", ""));
}

function members(values: readonly unknown[], key: string): unknown[] {
  return values.flatMap((value): unknown[] =>
    (isDict(value) || Array.isArray(value)) && Object.hasOwn(value, key)
      ? [(value as Record<string, unknown>)[key]]
      : [],
  );
}

function isDict(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
