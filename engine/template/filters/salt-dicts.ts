import { equal } from "../../value/equal.js";
import { iterate, truthy } from "../../value/iterate.js";
import { isInteger } from "../../value/numbers.js";
import { toInt } from "../../value/parse-number.js";
import { repr, str } from "../../value/repr.js";
import { subscript } from "../../value/subscript.js";
import { strip, textOf } from "../../value/text.js";
import { Dict, OrderedDict, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import { loadYamlData } from "../../yaml/index.js";
import { encode } from "../methods/codec.js";
import { dictOf, updateDict } from "../methods/dict.js";
import { type EvalContext, noKwargs } from "../runtime.js";
import { type FilterEntry, type FilterTable, filterTable, python } from "./define.js";
import { toStr } from "./salt-text.js";

// Salt's filters on nested dicts (salt-reference §3.3).

function failsWith(types: readonly string[], error: unknown): boolean {
  return error instanceof PyError && types.includes(error.type);
}

/** A key that is a number in YAML is looked up as that number too. */
function yamlKey(key: Value): Value {
  const text = textOf(key);
  if (text === undefined || text.includes("_")) return key;
  const { data } = loadYamlData(text);
  return data === undefined || Array.isArray(data) || data instanceof Dict ? key : data;
}

function wholeIndex(key: Value): Value | undefined {
  try {
    return toInt(key);
  } catch (error) {
    if (failsWith(["ValueError"], error)) return undefined;
    throw error;
  }
}

/** One step of `traverse`; undefined when it leads nowhere. */
function step(context: EvalContext, value: Value, key: Value): Value | undefined {
  context.budget.step();
  if (!Array.isArray(value)) {
    try {
      return subscript(value, key, context.budget);
    } catch (error) {
      if (failsWith(["TypeError"], error)) return undefined;
      if (!failsWith(["KeyError"], error)) throw error;
    }
    const loaded = yamlKey(key);
    return loaded !== key && value instanceof Dict ? value.get(loaded) : undefined;
  }
  const index = wholeIndex(key);
  const wanted = index ?? key;
  for (const item of value) {
    const found = item instanceof Dict ? item.get(wanted) : undefined;
    if (found !== undefined) return found;
  }
  if (index === undefined) return undefined;
  try {
    return subscript(value, index, context.budget);
  } catch (error) {
    if (failsWith(["IndexError"], error)) return undefined;
    throw error;
  }
}

/** Salt's `traverse_dict_and_list`: a colon-delimited path through dicts and lists, or the default. */
export function traverse(context: EvalContext, data: Value, path: Value, fallback: Value, delimiter: Value): Value {
  const text = textOf(path);
  const keys = text !== undefined ? text.split(str(delimiter)) : isInteger(path) ? [path] : iterate(path);
  let value = data;
  for (const key of keys) {
    const next = step(context, value, key);
    if (next === undefined) return fallback;
    value = next;
  }
  return value;
}

interface Place {
  readonly dict: Dict;
  readonly key: string;
}

/** The innermost dict of a path, made on the way where it is missing, and the last key. */
function place(data: Value, path: Value, delimiter: Value, ordered: Value): Place {
  const keys = str(path).split(str(delimiter));
  const last = keys.pop() as string;
  let dict = dictOf(data, "keys");
  for (const key of keys) {
    const inner = dict.get(key);
    if (inner instanceof Dict) {
      dict = inner;
      continue;
    }
    const made = newDict(ordered);
    dict.set(key, made);
    dict = made;
  }
  return { dict, key: last };
}

function newDict(ordered: Value): Dict {
  return truthy(ordered) ? new OrderedDict() : new Dict();
}

function className(value: Value): string {
  return `<class '${typeName(value)}'>`;
}

function cannot(value: Value, verb: string): PyError {
  return new PyError("SaltInvocationError", `The last key contains a ${className(value)}, which cannot ${verb}.`);
}

type Change = (context: EvalContext, place: Place, value: Value, ordered: Value) => void;

const change: Readonly<Record<"set" | "update" | "append" | "extend", Change>> = {
  set: (_, { dict, key }, value) => {
    dict.set(key, value);
  },
  update: (context, { dict, key }, value, ordered) => {
    const current = present(dict, key, () => newDict(ordered));
    if (!(current instanceof Dict)) throw cannot(current, "update");
    try {
      updateDict(current, [value], noKwargs, "update", context);
    } catch (error) {
      if (!failsWith(["TypeError", "ValueError"], error)) throw error;
      const message = `Cannot update ${className(current)} with a ${className(value)}.`;
      throw new PyError("SaltInvocationError", message);
    }
  },
  append: (_, { dict, key }, value) => {
    const current = present(dict, key, () => []);
    if (!Array.isArray(current)) throw cannot(current, "append");
    current.push(value);
  },
  extend: (_, { dict, key }, value) => {
    const current = present(dict, key, () => []);
    if (!Array.isArray(current)) throw cannot(current, "extend");
    try {
      for (const item of [...iterate(value)]) current.push(item);
    } catch (error) {
      if (!failsWith(["TypeError"], error)) throw error;
      throw new PyError("SaltInvocationError", `Cannot extend ${className(current)} with a ${className(value)}.`);
    }
  },
};

/** The value of a key; one that is missing or None is made. */
function present(dict: Dict, key: string, make: () => Value): Value {
  const current = dict.get(key);
  if (current !== undefined && current !== null) return current;
  const made = make();
  dict.set(key, made);
  return made;
}

function changing(verb: keyof typeof change): FilterEntry {
  const name = `${verb}_dict_key_value`;
  const definition = `${name}(in_dict, keys, value, delimiter=':', ordered_dict=False)`;
  const filter = python(definition, (context, data, path, ...rest) => {
    const [value = null, delimiter = ":", ordered = false] = rest;
    context.budget.allocate(1);
    change[verb](context, place(data, path, delimiter, ordered), value, ordered);
    return data;
  });
  return [name, "counted", filter];
}

function compareDicts(old: Value, now: Value): Dict {
  const [before, after] = [
    truthy(old) ? dictOf(old, "keys") : new Dict(),
    truthy(now) ? dictOf(now, "keys") : new Dict(),
  ];
  // What is missing as a whole is not looked into before a key is asked for.
  if ((before.size > 0 || after.size > 0) && (old === null || now === null)) {
    throw new PyError("TypeError", "argument of type 'NoneType' is not iterable");
  }
  const result = new Dict();
  const difference = (was: Value, is: Value) =>
    Dict.from([
      ["old", was],
      ["new", is],
    ]);
  for (const [key, value] of after) {
    const earlier = before.get(key);
    if (earlier === undefined) result.set(key, difference("", value));
    else if (!equal(earlier, value)) result.set(key, difference(earlier, value));
  }
  for (const [key, value] of before) if (!after.has(key)) result.set(key, difference(value, ""));
  return result;
}

function toEntries(value: Value): Value[] {
  const entry = (key: Value, item: Value) =>
    Dict.from([
      ["key", key],
      ["value", item],
    ]);
  if (value instanceof Dict) return Array.from(value, ([key, item]) => entry(key, item));
  if (Array.isArray(value)) return value.map((item, index) => entry(index, item));
  if (value instanceof PyObject) value.use();
  throw new PyError("SaltException", "Input data must be a dict or list");
}

function fromEntries(value: Value): Dict {
  const result = new Dict();
  for (const entry of iterate(value)) {
    const fields = new Dict();
    for (const [key, item] of dictOf(entry, "items")) fields.set(textOf(key)?.toLowerCase() ?? key, item);
    const key = [fields.get("key"), fields.get("name")].find((name) => name !== undefined && truthy(name));
    if (key !== undefined) result.set(key, fields.get("value") ?? null);
  }
  return result;
}

/** How texts become bytes. */
interface Encoding {
  readonly name: string;
  readonly errors: string;
  /** Whether what cannot be encoded stays a text. */
  readonly keep: boolean;
}

/** Texts inside become bytes, all the way down; tuples become lists. */
function encoded(context: EvalContext, value: Value, encoding: Encoding): Value {
  context.budget.step();
  const inner = (item: Value) => encoded(context, item, encoding);
  const text = textOf(value);
  if (text !== undefined) return encodedText(text, encoding);
  if (value instanceof Dict) return Dict.from(Array.from(value, ([key, item]) => [inner(key), inner(item)] as const));
  if (Array.isArray(value)) return value.map(inner);
  return value instanceof Tuple ? value.items.map(inner) : value;
}

function encodedText(text: string, { name, errors, keep }: Encoding): Value {
  try {
    return encode(text, name, errors);
  } catch (error) {
    if (keep && failsWith(["UnicodeEncodeError"], error)) return text;
    throw error;
  }
}

function encodingOf(name: Value, errors: Value, keep: Value): Encoding {
  return { name: name === null ? "utf-8" : str(name), errors: str(errors), keep: truthy(keep) };
}

function encodeDict(context: EvalContext, value: Value, name: Value, errors: Value, keep: Value): Value {
  return encoded(context, dictOf(value, "items"), encodingOf(name, errors, keep));
}

function encodeList(context: EvalContext, value: Value, name: Value, errors: Value, keep: Value): Value {
  return encoded(context, [...iterate(value)], encodingOf(name, errors, keep));
}

/** The table that MySQL's client prints, as dicts by one of its columns. */
function mysqlToDict(value: Value, key: Value): Dict {
  const result = new Dict();
  let headers = [""];
  for (const item of iterate(value)) {
    const line = toStr(item);
    if (!line || line.startsWith("+")) continue;
    const cells = line.split("|").map(strip);
    if (headers.length <= 1) {
      headers = cells;
      continue;
    }
    const row = new Dict();
    for (let index = 1; index < headers.length - 1; index += 1) {
      row.set(headers[index] as string, number(cells[index] ?? ""));
    }
    const name = row.get(key);
    if (name === undefined) throw new PyError("KeyError", repr(key));
    result.set(name, row);
  }
  return result;
}

function number(text: string): Value {
  return wholeIndex(text) ?? (/^[-+]?\d*\.\d+$/.test(text) ? yamlKey(text) : text);
}

const encodeDictFilter = python("encode_dict(data, encoding=None, errors='strict', keep=False)", encodeDict);
const encodeListFilter = python("encode_list(data, encoding=None, errors='strict', keep=False)", encodeList);

export const saltDictFilters: FilterTable = filterTable([
  changing("append"),
  changing("extend"),
  changing("set"),
  changing("update"),
  ["compare_dicts", "counted", python("compare_dicts(old=None, new=None)", (_, old, now) => compareDicts(old, now))],
  ["from_entries", "counted", python("from_entries(entries)", (_, value) => fromEntries(value))],
  ["json_decode_dict", "counted", encodeDictFilter],
  ["json_decode_list", "counted", encodeListFilter],
  ["json_encode_dict", "counted", encodeDictFilter],
  ["json_encode_list", "counted", encodeListFilter],
  ["mysql_to_dict", "counted", python("mysql_to_dict(data, key)", (_, value, key) => mysqlToDict(value, key))],
  ["to_entries", "counted", python("to_entries(data)", (_, value) => toEntries(value))],
  ["traverse", "counted", python("traverse_dict_and_list(data, key, default=None, delimiter=':')", traverse)],
]);
