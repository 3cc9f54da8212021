import { truthy } from "../../value/iterate.js";
import { parseJson } from "../../value/json.js";
import { type JsonOptions, jsonText } from "../../value/json-text.js";
import { Markup } from "../../value/markup.js";
import { isInteger, plainInt } from "../../value/numbers.js";
import { repr, str } from "../../value/repr.js";
import { strip, textOf } from "../../value/text.js";
import { PyError, PyObject, Tuple, type Value } from "../../value/types.js";
import type { EvalContext, Kwargs } from "../runtime.js";
import { Signature } from "../signature.js";
import { type Filter, type FilterTable, filterTable, python } from "./define.js";
import { prettyText } from "./pprint.js";
import { loadable } from "./salt-yaml.js";
import { xmlText } from "./xml.js";

// Salt's filters to and from JSON, XML, Python and text (salt-reference §3.3).

/** The indentation that `json.dumps` makes of a number or a text. */
function indentText(indent: Value): string | undefined {
  if (indent === null) return undefined;
  if (isInteger(indent)) return " ".repeat(Math.max(0, Math.min(1000, Number(plainInt(indent)))));
  return str(indent);
}

function withIndent(indent: Value): Pick<JsonOptions, "indent"> {
  const text = indentText(indent);
  return text === undefined ? {} : { indent: text };
}

function toJson(context: EvalContext, value: Value, sortKeys: Value, indent: Value): Value {
  const options = { ...withIndent(indent), sortKeys: truthy(sortKeys), ensureAscii: false };
  return new Markup(strip(jsonText(value, options, context.budget)));
}

const toJsonSignature = new Signature("tojson(val, indent=None)");

/** The options of `json.dumps` that `tojson` hands on. */
function dumpOptions(kwargs: Kwargs): JsonOptions {
  const given = (name: string, initial: boolean) => truthy(kwargs.get(name) ?? initial);
  const separators = kwargs.get("separators");
  const [item, key] = separators instanceof Tuple ? separators.items : Array.isArray(separators) ? separators : [];
  return {
    ensureAscii: given("ensure_ascii", true),
    sortKeys: given("sort_keys", false),
    skipKeys: given("skipkeys", false),
    allowNan: given("allow_nan", true),
    ...(item === undefined ? {} : { itemSeparator: str(item) }),
    ...(key === undefined ? {} : { keySeparator: str(key) }),
  };
}

const knownOptions = new Set(["ensure_ascii", "sort_keys", "skipkeys", "allow_nan", "separators", "check_circular"]);

/** Salt's `tojson`: insertion order, ASCII, safe inside HTML. */
const htmlSafeJson: Filter = (context, value, args, kwargs) => {
  const own = new Map([...kwargs].filter(([name]) => name === "indent" || name === "val"));
  const options = new Map([...kwargs].filter(([name]) => !own.has(name)));
  for (const name of options.keys()) {
    if (knownOptions.has(name)) continue;
    throw new PyError("TypeError", `JSONEncoder.__init__() got an unexpected keyword argument '${name}'`);
  }
  const [data = null, indent = null] = toJsonSignature.bind([value, ...args], own);
  return jsonText(data, { ...dumpOptions(options), ...withIndent(indent) }, context.budget)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll("'", "\\u0027");
};

/** `load_json`. @throws PyError TemplateRuntimeError `Unable to load json from …` */
function fromJsonText(value: Value): Value {
  const text = value instanceof PyObject || textOf(value) !== undefined ? loadable(value) : undefined;
  const loaded = text === undefined ? undefined : parseJson(text);
  if (loaded && "data" in loaded) return loaded.data;
  throw new PyError("TemplateRuntimeError", `Unable to load json from ${text ?? repr(value)}`);
}

/** `load_text`: the text itself. */
function fromText(value: Value): Value {
  return value instanceof PyObject && !(value instanceof Markup) ? loadable(value) : value;
}

export const saltFormatFilters: FilterTable = filterTable([
  ["json", "counted", python("format_json(@self, value, sort_keys=True, indent=None)", toJson)],
  ["load_json", "counted", python("load_json(@self, value)", (_, value) => fromJsonText(value))],
  ["load_text", "counted", python("load_text(@self, value)", (_, value) => fromText(value))],
  [
    "python",
    "counted",
    python("format_python(@self, value)", (context, value) => new Markup(strip(prettyText(context, value)))),
  ],
  ["tojson", "counted", htmlSafeJson],
  ["xml", "counted", python("format_xml(@self, value)", (context, value) => new Markup(xmlText(context, value)))],
]);
