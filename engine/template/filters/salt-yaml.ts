import { iterate, truthy } from "../../value/iterate.js";
import { Markup } from "../../value/markup.js";
import { repr, str } from "../../value/repr.js";
import { strip, textOf } from "../../value/text.js";
import { Bytes, Dict, PyError, PyObject, PySet, Tuple, typeName, type Value } from "../../value/types.js";
import { loadYamlData } from "../../yaml/index.js";
import { tags } from "../../yaml/resolve.js";
import { decode } from "../methods/codec.js";
import { dictOf } from "../methods/dict.js";
import type { EvalContext } from "../runtime.js";
import { doubleQuoted, safeDump, singleQuoted } from "../yaml-text/dump.js";
import { representScalar } from "../yaml-text/represent.js";
import { type FilterTable, filterTable, python } from "./define.js";

// Salt's filters to and from YAML (salt-reference §3.3).

function toYaml(context: EvalContext, value: Value, flowStyle: Value): Value {
  const style = flowStyle === null ? null : truthy(flowStyle);
  return new Markup(strip(safeDump(value, style, context.budget)));
}

function quoted(context: EvalContext, value: Value, quote: (text: string) => string): string {
  const text = str(value);
  context.budget.step(text.length);
  return quote(text);
}

/** Each entry of a dict as a list item of its own, as states take their arguments. */
function stateArguments(context: EvalContext, value: Value, flowStyle: Value): Value {
  const entries = Array.from(dictOf(value, "items"), ([key, item]) => Dict.from([[key, item]]));
  return toYaml(context, entries, flowStyle);
}

/** `yaml_encode`: a scalar as YAML reads it back; texts always in double quotes. */
function encodeScalar(value: Value): string {
  const scalar = representScalar(value);
  if (scalar) return scalar.tag === tags.str ? doubleQuoted(scalar.text) : scalar.text;
  if (value instanceof PyObject)
    throw new PyError("RepresenterError", `('cannot represent an object', ${repr(value)})`);
  throw new PyError(
    "TypeError",
    `yaml_encode() only works with YAML scalar data; failed for <class '${typeName(value)}'>`,
  );
}

/** Salt decodes what it loads: bytes become text, tuples lists. */
function decoded(value: Value): Value {
  if (value instanceof Bytes) return decode(value, "utf-8", "strict");
  if (Array.isArray(value)) return value.map(decoded);
  if (value instanceof Tuple) return value.items.map(decoded);
  if (value instanceof PySet) return PySet.from(Array.from(iterate(value), decoded));
  if (value instanceof Dict) {
    return Dict.from(Array.from(value, ([key, item]) => [decoded(key), decoded(item)] as const));
  }
  return value;
}

/** The text that a filter loads: a str, bytes, or what an imported template printed. */
export function loadable(value: Value): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof Bytes) return decode(value, "utf-8", "strict");
  if (value instanceof PyObject) {
    value.use();
    return str(value);
  }
  throw new PyError("TypeError", "a string or stream input is required");
}

/** `load_yaml`. @throws PyError TemplateRuntimeError `Encountered error loading yaml: …` */
function fromYaml(context: EvalContext, value: Value): Value {
  const text = loadable(value);
  context.budget.step(text.length >> 3);
  const { data, problems } = loadYamlData(text, context.salt);
  const [problem] = problems;
  if (data !== undefined && !problem) return decoded(data);
  throw new PyError(
    "TemplateRuntimeError",
    `Encountered error loading yaml: ${problem?.printed ?? problem?.message ?? ""}`,
  );
}

export const saltYamlFilters: FilterTable = filterTable([
  [
    "dict_to_sls_yaml_params",
    "linear",
    python("dict_to_sls_yaml_params(@self, value, flow_style=False)", stateArguments),
  ],
  ["load_yaml", "counted", python("load_yaml(@self, value)", fromYaml)],
  ["yaml", "counted", python("format_yaml(@self, value, flow_style=True)", toYaml)],
  ["yaml_dquote", "counted", python("yaml_dquote(text)", (context, value) => quoted(context, value, doubleQuoted))],
  ["yaml_encode", "counted", python("yaml_encode(data)", (_, value) => encodeScalar(value))],
  ["yaml_squote", "counted", python("yaml_squote(text)", (context, value) => quoted(context, value, singleQuoted))],
]);
