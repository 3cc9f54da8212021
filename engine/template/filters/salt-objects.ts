import { trimEndOf } from "../../trim.js";
import { fromJson } from "../../value/convert.js";
import { truthy } from "../../value/iterate.js";
import { str, wholeText } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import {
  BudgetError,
  Dict,
  type Json,
  PyError,
  PyFloat,
  PyObject,
  PySet,
  Tuple,
  typeName,
  type Value,
} from "../../value/types.js";
import { attributeOf } from "../methods/attributes.js";
import type { EvalContext } from "../runtime.js";
import { type Filter, type FilterTable, filterTable, python, usedText } from "./define.js";
import { parseQuery, type QueryNode, runQuery } from "./lazy-jmespath.js";
import { joinPaths, normalizePath } from "./nt-path.js";
import { toStr } from "./salt-text.js";

/** `method_call`: the method of that name, of our tables; None where there is none. */
const methodCall: Filter = (context, value, args, kwargs) => {
  const [name, ...rest] = args;
  if (name === undefined) {
    throw new PyError("TypeError", "method_call() missing 1 required positional argument: 'f_name'");
  }
  if (value instanceof PyObject) value.use();
  const text = usedText(name);
  if (text === undefined) {
    throw new PyError("TypeError", `attribute name must be string, not '${typeName(name)}'`);
  }
  const method = attributeOf(value, text);
  return method === undefined ? null : context.call(method, rest, kwargs);
};

/** `path_join` as a Windows minion joins: the later parts lose their leading separators. */
const pathJoin: Filter = (_, value, args, kwargs) => {
  for (const name of kwargs.keys()) {
    if (name !== "use_posixpath") {
      throw new PyError("SaltInvocationError", `The following invalid keyword arguments were passed: ${name}`);
    }
  }
  const parts = [value, ...args].map(toStr);
  if (truthy(kwargs.get("use_posixpath") ?? false)) {
    const [root = "", ...rest] = parts.map((part) => trimEndOf(part, "/") || "/");
    return [root.replace(/\/$/, ""), ...rest.map((part) => part.replace(/^[\\/]+/, ""))].join("/");
  }
  const [root = "", ...rest] = parts.map(normalizePath);
  return normalizePath(joinPaths(root, ...rest.map((part) => part.replace(/^\\+/, ""))));
};

/**
 * A value as jmespath takes it: plain JSON in objects without a prototype, so that no name reaches anything but the
 * data's own keys.
 */
function toQueryable(context: EvalContext, value: Value): unknown {
  context.budget.step();
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof PyFloat) return value.value;
  if (Array.isArray(value)) return value.map((item) => toQueryable(context, item));
  if (value instanceof Tuple || value instanceof PySet) {
    const items = value instanceof Tuple ? value.items : [...value];
    return items.map((item) => toQueryable(context, item));
  }
  if (value instanceof Dict) {
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, item] of value)
      object[typeof key === "number" ? wholeText(key) : str(key)] = toQueryable(context, item);
    return object;
  }
  if (value instanceof PyObject) value.use();
  return null;
}

const mostGrowth = 1_000_000;

/** How many times the data a query's answer may be at most: each list or hash that it makes repeats what it holds. */
function growth({ type, value, children = [] }: QueryNode): number {
  if (type === "KeyValuePair") return growth(value as QueryNode);
  const inner = children.map(growth);
  if (type === "MultiSelectList" || type === "MultiSelectHash") return inner.reduce((sum, one) => sum + one, 0);
  return inner.reduce((product, one) => product * Math.max(1, one), 1);
}

/** The answer as values; parts that it holds several times are counted each time. */
function fromAnswer(context: EvalContext, answer: unknown): Value {
  context.budget.step();
  if (Array.isArray(answer)) return answer.map((item) => fromAnswer(context, item));
  if (answer === null || typeof answer !== "object") return fromJson((answer ?? null) as Json);
  return Dict.from(Object.entries(answer).map(([key, item]) => [key, fromAnswer(context, item)] as const));
}

function jsonQuery(context: EvalContext, value: Value, expression: Value): Value {
  const text = usedText(expression);
  if (text === undefined) throw new PyError("TypeError", `expected string, got ${typeName(expression)}`);
  const data = toQueryable(context, value);
  try {
    const factor = growth(parseQuery(text));
    if (factor > mostGrowth) throw new BudgetError("The query's answer would be too large.");
    context.budget.step(factor);
    return fromAnswer(context, runQuery(data, text));
  } catch (error) {
    if (error instanceof PyError) throw error;
    const { name, message } = error as Error;
    throw new PyError(queryErrors.get(name) ?? "ParseError", message);
  }
}

const queryErrors: ReadonlyMap<string, string> = new Map([
  ["LexerError", "LexerError"],
  ["RuntimeError", "JMESPathError"],
  ["TypeError", "JMESPathTypeError"],
]);

export const saltObjectFilters: FilterTable = filterTable([
  ["json_query", "counted", python("json_query(data, expr)", jsonQuery)],
  ["method_call", "counted", methodCall],
  ["path_join", "linear", pathJoin],
]);
