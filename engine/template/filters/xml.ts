import { isNumber } from "../../value/numbers.js";
import { str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { Dict, PyError, Tuple, type Value } from "../../value/types.js";
import type { EvalContext } from "../runtime.js";

interface Element {
  readonly tag: string;
  attributes: ReadonlyMap<string, string>;
  text: string;
  readonly children: Element[];
}

/** A tag and what it holds. */
type Entry = readonly [tag: Value, content: Value];

const deepest = 200;

/**
 * Salt's `xml` filter: a dict becomes an element whose plain values are attributes and whose dicts and lists are
 * elements; a list repeats its tag. Printed as minidom prints, one blank per level.
 */
export function xmlText(context: EvalContext, value: Value): string {
  const root = tree(context, entriesOf(value), undefined, 0);
  if (!root) throw new PyError("AttributeError", "'NoneType' object has no attribute 'tag'");
  const text = `<?xml version="1.0" ?>\n${printed(root, "")}`;
  context.budget.allocate(text.length);
  return text;
}

function isPlain(value: Value): boolean {
  return textOf(value) !== undefined || isNumber(value);
}

function isNested(value: Value): boolean {
  return value instanceof Dict || Array.isArray(value);
}

/** The items that may become elements. A list of texts is taken for pairs, as Salt takes it. */
function entriesOf(value: Value): Entry[] {
  if (value instanceof Dict) return [...value];
  if (!Array.isArray(value) && !(value instanceof Tuple)) {
    throw new PyError("TemplateRuntimeError", "Value is not a dict or list. Cannot render as XML");
  }
  const items = value instanceof Tuple ? value.items : value;
  const [first] = items;
  if (first === undefined) {
    const kind = value instanceof Tuple ? "tuple" : "list";
    throw new PyError("IndexError", `${kind} index out of range`);
  }
  if (textOf(first) === undefined) return [];
  return items.map((item) => pairOf(textOf(item) ?? ""));
}

function pairOf(text: string): Entry {
  const [tag, content] = Array.from(text);
  if (tag === undefined || content === undefined) throw new PyError("IndexError", "string index out of range");
  return [tag, content];
}

/** Makes the elements of the entries below `parent`; answers the last one. */
function tree(
  context: EvalContext,
  entries: Iterable<Entry>,
  parent: Element | undefined,
  depth: number,
): Element | undefined {
  if (depth > deepest) throw new PyError("RecursionError", "maximum recursion depth exceeded");
  let element: Element | undefined;
  for (const [tag, content] of entries) {
    context.budget.step();
    if (Array.isArray(content)) {
      for (const item of content) tree(context, [[tag, item]], parent, depth + 1);
    } else {
      element = { tag: str(tag), attributes: new Map(), text: "", children: [] };
      parent?.children.push(element);
    }
    if (element && isPlain(content)) {
      element.text = str(content);
      continue;
    }
    if (element && content instanceof Dict) {
      const plain = [...content].filter(([, item]) => !isNested(item));
      element.attributes = new Map(plain.map(([name, item]) => [str(name), str(item)]));
    }
    for (const entry of entriesOf(content).filter(([, item]) => isNested(item))) {
      tree(context, [entry], element, depth + 1);
    }
  }
  return element;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll(">", "&gt;");
}

function printed({ tag, attributes, text, children }: Element, margin: string): string {
  const written = [...attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  if (children.length === 0) {
    return text === "" ? `${margin}<${tag}${written}/>\n` : `${margin}<${tag}${written}>${escaped(text)}</${tag}>\n`;
  }
  const inner = children.map((child) => printed(child, `${margin} `)).join("");
  return `${margin}<${tag}${written}>\n${inner}${margin}</${tag}>\n`;
}
