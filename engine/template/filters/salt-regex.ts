import { escapePattern, type Match, noFlags, type Pattern } from "../../regex/index.js";
import { truthy } from "../../value/iterate.js";
import { textOf } from "../../value/text.js";
import { Bytes, hashKey, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import { compiled } from "../patterns.js";
import { Callable, type EvalContext } from "../runtime.js";
import { type FilterTable, filterTable, python } from "./define.js";

// Salt's filters on Python's `re` (salt-reference §3.3).

/** @throws PyError TypeError `first argument must be string or compiled pattern`, or `error` */
export function patternOf(context: EvalContext, source: Value, ignoreCase: Value, multiLine: Value): Pattern {
  const text = textOf(source);
  if (text === undefined) {
    if (source instanceof PyObject) source.use();
    if (!(source instanceof PyObject)) hashKey(source);
    throw new PyError("TypeError", "first argument must be string or compiled pattern");
  }
  context.budget.step(4 * text.length);
  return compiled(text, { ...noFlags, ignoreCase: truthy(ignoreCase), multiLine: truthy(multiLine) });
}

/** The text that is searched. @throws PyError TypeError `expected string or bytes-like object, got 'int'` */
export function searchedText(value: Value): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof PyObject) value.use();
  if (value instanceof Bytes) throw new PyError("TypeError", "cannot use a string pattern on a bytes-like object");
  throw new PyError("TypeError", `expected string or bytes-like object, got '${typeName(value)}'`);
}

/** The groups of a match; of a pattern without groups the whole match, or nothing, which is not true. */
function groups(match: Match | undefined, { salt }: EvalContext): Value {
  if (!match) return null;
  const captured = match.groups.length === 1 && salt.has("whole-match") ? match.groups : match.groups.slice(1);
  return new Tuple(captured.map((group) => group ?? null));
}

type Finding = (pattern: Pattern, text: string, context: EvalContext) => Match | undefined;

function finding(find: Finding) {
  return (context: EvalContext, text: Value, source: Value, ignoreCase: Value, multiLine: Value): Value => {
    const pattern = patternOf(context, source, ignoreCase, multiLine);
    return groups(find(pattern, searchedText(text), context), context);
  };
}

function replace(
  context: EvalContext,
  text: Value,
  source: Value,
  replacement: Value,
  ignoreCase: Value,
  multiLine: Value,
): Value {
  const pattern = patternOf(context, source, ignoreCase, multiLine);
  const template = textOf(replacement);
  const subject = searchedText(text);
  if (template === undefined) {
    if (replacement instanceof PyObject && !(replacement instanceof Callable)) replacement.use();
    throw new PyError("TypeError", `decoding to str: need a bytes-like object, ${typeName(replacement)} found`);
  }
  return pattern.replace(subject, template, context.budget);
}

export const saltRegexFilters: FilterTable = filterTable([
  ["regex_escape", "counted", python("regex_escape(value)", (_, value) => escapePattern(searchedText(value)))],
  [
    "regex_match",
    "counted",
    python(
      "regex_match(txt, rgx, ignorecase=False, multiline=False)",
      finding((pattern, text, context) => pattern.match(text, context.budget)),
    ),
  ],
  ["regex_replace", "counted", python("regex_replace(txt, rgx, val, ignorecase=False, multiline=False)", replace)],
  [
    "regex_search",
    "counted",
    python(
      "regex_search(txt, rgx, ignorecase=False, multiline=False)",
      finding((pattern, text, context) => pattern.search(text, context.budget)),
    ),
  ],
]);
