import { binary } from "../../value/arithmetic.js";
import { compare } from "../../value/compare.js";
import { iterate, length, truthy } from "../../value/iterate.js";
import { escapeHtml, escapeValue, Markup } from "../../value/markup.js";
import { repr, str } from "../../value/repr.js";
import { Slice, subscript } from "../../value/subscript.js";
import { splitLines, textLength, textOf } from "../../value/text.js";
import { Dict, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import { stripTags } from "../html.js";
import { encode } from "../methods/codec.js";
import { dictOf } from "../methods/dict.js";
import { type EvalContext, Undefined } from "../runtime.js";
import { type Filter, type FilterTable, filterTable, marked, python, softText, textMethod } from "./define.js";

const space = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const wordStart = new RegExp(`([-${space}({[<]+)`, "u");

function title(_: EvalContext, value: Value): string {
  return str(softText(value))
    .split(wordStart)
    .map((part) => {
      const first = String.fromCodePoint(part.codePointAt(0) ?? 0);
      return part === "" ? "" : first.toUpperCase() + part.slice(first.length).toLowerCase();
    })
    .join("");
}

function replace(context: EvalContext, value: Value, old: Value, by: Value, count: Value): Value {
  const most = count ?? -1;
  if (!context.autoescape) return textMethod(context, str(value), "replace", str(old), str(by), most);
  const safe = value instanceof Markup;
  const escaped = old instanceof Markup || (by instanceof Markup && !safe);
  return textMethod(context, escaped ? escapeValue(value) : value, "replace", softText(old), softText(by), most);
}

function indent(context: EvalContext, value: Value, width: Value, first: Value, blank: Value): Value {
  const margin = textOf(width) ?? binary("*", " ", width, context.budget);
  if (value instanceof PyObject) value.use();
  const text = textOf(value);
  if (text === undefined) {
    if (Array.isArray(value)) throw new PyError("AttributeError", "'list' object has no attribute 'splitlines'");
    if (value instanceof Tuple) binary("+", value, "\n", context.budget);
    throw new PyError("TypeError", `unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
  }
  const plain = value instanceof Markup ? escapeHtml(str(margin)) : str(margin);
  const lines = splitLines(`${text}\n`);
  context.budget.allocate(text.length + lines.length * plain.length);
  const indented = lines.map((line, index) => {
    if (index === 0) return line;
    return truthy(blank) || line ? plain + line : line;
  });
  const result = (truthy(first) ? plain : "") + indented.join("\n");
  return value instanceof Markup ? new Markup(result) : result;
}

/** How many characters more than asked a text may have before it is cut: Jinja's policy. */
const defaultLeeway = 5;

function truncate(context: EvalContext, value: Value, size: Value, killWords: Value, end: Value, leeway: Value): Value {
  const slack = leeway ?? defaultLeeway;
  const endLength = length(end);
  check(compare(">=", size, endLength), `expected length >= ${endLength}, got ${str(size)}`);
  check(compare(">=", slack, 0), `expected leeway >= 0, got ${str(slack)}`);
  if (compare("<=", length(value), binary("+", size, slack, context.budget))) return value;
  const cut = subscript(value, new Slice(null, binary("-", size, endLength, context.budget), null), context.budget);
  if (truthy(killWords)) return binary("+", cut, end, context.budget);
  if (textOf(cut) === undefined) {
    throw new PyError("AttributeError", `'${typeName(cut)}' object has no attribute 'rsplit'`);
  }
  const parts = textMethod(context, cut, "rsplit", " ", 1) as Value[];
  return binary("+", parts[0] as Value, end, context.budget);
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new PyError("AssertionError", message);
}

const format: Filter = (context, value, args, kwargs) => {
  if (args.length && kwargs.size) {
    throw new PyError("FilterArgumentError", "can't handle positional and keyword arguments at the same time");
  }
  const values = kwargs.size ? Dict.from(kwargs) : new Tuple(args);
  return binary("%", softText(value), values, context.budget);
};

/** Jinja's `url_quote`: percent signs for all but letters, digits and `_.-~`; a slash stays unless it is a query. */
function urlQuote(value: Value, inQuery: boolean): string {
  const text = str(value);
  if (/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) encode(text, "utf-8", "strict");
  const quoted = encodeURIComponent(text).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return inQuery ? quoted.replaceAll("%20", "+") : quoted.replaceAll("%2F", "/");
}

function urlEncode(context: EvalContext, value: Value): string {
  if (value instanceof PyObject) value.use();
  const isPlain = value === null || typeof value !== "object" || value instanceof Markup;
  if (isPlain || !isContainer(value)) return urlQuote(value, false);
  const pairs = value instanceof Dict ? Array.from(value, (pair) => new Tuple(pair)) : iterate(value);
  return Array.from(pairs, (pair) => {
    context.budget.step();
    const [key, item] = unpackPair(pair);
    return `${urlQuote(key, true)}=${urlQuote(item, true)}`;
  }).join("&");
}

function isContainer(value: Value): boolean {
  try {
    iterate(value);
    return true;
  } catch (error) {
    if (error instanceof PyError && error.type === "TypeError") return false;
    throw error;
  }
}

/** `for key, value in …`. @throws PyError TypeError `cannot unpack non-iterable int object`, ValueError */
function unpackPair(pair: Value): [Value, Value] {
  if (pair instanceof PyObject) pair.use();
  if (!isContainer(pair)) throw new PyError("TypeError", `cannot unpack non-iterable ${typeName(pair)} object`);
  const items = [...iterate(pair)];
  if (items.length < 2) {
    throw new PyError("ValueError", `not enough values to unpack (expected 2, got ${items.length})`);
  }
  if (items.length > 2) throw new PyError("ValueError", "too many values to unpack (expected 2)");
  return items as [Value, Value];
}

function xmlAttributes(context: EvalContext, value: Value, autospace: Value): Value {
  const parts: string[] = [];
  for (const [key, item] of dictOf(value, "items")) {
    if (item === null || item instanceof Undefined) continue;
    const name = textOf(key);
    if (name === undefined) {
      throw new PyError("TypeError", `expected string or bytes-like object, got '${typeName(key)}'`);
    }
    if (/[ \t\n\r\f\v/>=]/.test(name)) {
      throw new PyError("ValueError", `Invalid character in attribute name: ${repr(key)}`);
    }
    parts.push(`${escapeValue(key).text}="${escapeValue(item).text}"`);
  }
  const text = parts.join(" ");
  context.budget.allocate(text.length);
  return marked(context, truthy(autospace) && text ? ` ${text}` : text);
}

function countWords(_: EvalContext, value: Value): number {
  return str(softText(value)).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0;
}

function center(context: EvalContext, value: Value, width: Value): Value {
  return textMethod(context, value, "center", width);
}

const escapeFilter = python("escape(s)", (context, value) => {
  const escaped = escapeValue(value);
  context.budget.allocate(textLength(escaped.text));
  return escaped;
});

export const textFilters: FilterTable = filterTable([
  ["capitalize", "counted", python("do_capitalize(s)", (context, value) => textMethod(context, value, "capitalize"))],
  ["center", "counted", python("do_center(value, width=80)", center)],
  ["e", "counted", escapeFilter],
  ["escape", "counted", escapeFilter],
  ["forceescape", "counted", python("do_forceescape(value)", (_, value) => new Markup(escapeHtml(str(value))))],
  ["format", "counted", format],
  ["indent", "counted", python("do_indent(s, width=4, first=False, blank=False)", indent)],
  ["lower", "each", python("do_lower(s)", (context, value) => textMethod(context, value, "lower"))],
  ["replace", "counted", python("do_replace(@eval_ctx, s, old, new, count=None)", replace)],
  [
    "safe",
    "constant",
    python("do_mark_safe(value)", (_, value) => (value instanceof Markup ? value : new Markup(str(value)))),
  ],
  ["string", "counted", python("soft_str(s)", (_, value) => softText(value))],
  ["striptags", "counted", python("do_striptags(value)", (_, value) => stripTags(str(value)))],
  ["title", "counted", python("do_title(s)", title)],
  [
    "trim",
    "each",
    python("do_trim(value, chars=None)", (context, value, chars) => textMethod(context, value, "strip", chars)),
  ],
  [
    "truncate",
    "counted",
    python("do_truncate(@env, s, length=255, killwords=False, end='...', leeway=None)", truncate),
  ],
  ["upper", "each", python("do_upper(s)", (context, value) => textMethod(context, value, "upper"))],
  ["urlencode", "counted", python("do_urlencode(value)", urlEncode)],
  ["wordcount", "counted", python("do_wordcount(s)", countWords)],
  ["xmlattr", "counted", python("do_xmlattr(@eval_ctx, d, autospace=True)", xmlAttributes)],
]);
