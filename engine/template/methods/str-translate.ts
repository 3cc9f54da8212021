import { subscript } from "../../value/subscript.js";
import { textLength, textOf } from "../../value/text.js";
import { Dict, PyError, PyObject, typeName, type Value } from "../../value/types.js";
import type { Args, EvalContext } from "../runtime.js";
import { encode } from "./codec.js";
import { type MethodTable, methodTable, named, one, several } from "./define.js";

// Characters exchanged by a table, and text made bytes.

function translate(self: string, table: Value, context: EvalContext): string {
  let result = "";
  for (const character of self) {
    context.budget.step();
    const part = translated(character, table, context);
    context.budget.allocate(part.length);
    result += part;
  }
  return result;
}

function translated(character: string, table: Value, context: EvalContext): string {
  let value: Value;
  try {
    value = subscript(table, character.codePointAt(0) as number, context.budget);
  } catch (error) {
    // A character that the table does not know stays.
    if (error instanceof PyError && (error.type === "KeyError" || error.type === "IndexError")) return character;
    throw error;
  }
  if (value === null) return "";
  const text = textOf(value);
  if (text !== undefined) return text;
  if (typeof value !== "number") {
    throw new PyError("TypeError", "character mapping must return integer, None or str");
  }
  if (value < 0 || value > 0x10ffff) throw new PyError("ValueError", "character mapping must be in range(0x110000)");
  return String.fromCodePoint(value);
}

/** `str.maketrans(…)`: the table that `translate` takes. */
function makeTranslation(args: Args): Dict {
  const [from = null, to, drop] = args;
  if (to === undefined) {
    if (!(from instanceof Dict)) {
      throw new PyError("TypeError", "if you give only one argument to maketrans it must be a dict");
    }
    return Dict.from(Array.from(from, ([key, value]) => [translationKey(key), value] as const));
  }
  const source = textOf(from);
  if (source === undefined) {
    throw new PyError("TypeError", "first maketrans argument must be a string if there is a second argument");
  }
  const target = argumentText(to, 2);
  if (textLength(source) !== textLength(target)) {
    throw new PyError("ValueError", "the first two maketrans arguments must have equal length");
  }
  const codes = (text: string) => Array.from(text, (character) => character.codePointAt(0) as number);
  const replacements = codes(target);
  const table = Dict.from(codes(source).map((code, index) => [code, replacements[index] as number] as const));
  if (drop !== undefined) for (const code of codes(argumentText(drop, 3))) table.set(code, null);
  return table;
}

function translationKey(key: Value): Value {
  if (typeof key === "number") return key;
  const text = textOf(key);
  if (text === undefined) throw new PyError("TypeError", "keys in translate table must be strings or integers");
  if (textLength(text) !== 1) {
    throw new PyError("ValueError", "string keys in translate table must be of length 1");
  }
  return text.codePointAt(0) as number;
}

function argumentText(value: Value, place: number): string {
  const text = textOf(value);
  if (text === undefined) {
    throw new PyError("TypeError", `maketrans() argument ${place} must be str, not ${typeName(value)}`);
  }
  return text;
}

/** The name of an encoding or an error handler. */
export function codecName(method: string, parameter: string, value: Value): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof PyObject) value.use();
  throw new PyError("TypeError", `${method}() argument '${parameter}' must be str, not ${typeName(value)}`);
}

export const strTranslate: MethodTable<string> = methodTable([
  ["translate", "counted", one("str.translate", translate)],
  ["maketrans", "counted", several("str.maketrans", 1, 3, (_, args) => makeTranslation(args))],
  [
    "encode",
    "counted",
    named("str.encode", ["encoding", "errors"], (self, [encoding = "utf-8", errors = "strict"], context) => {
      context.budget.allocate(self.length);
      return encode(
        self,
        codecName("encode", "encoding", encoding),
        codecName("encode", "errors", errors),
        context.budget,
      );
    }),
  ],
]);
