import { hexText, latin1Bytes, latin1Text } from "../../value/bytes.js";
import { textOf } from "../../value/text.js";
import { Bytes, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import type { Metered } from "../cost.js";
import type { EvalContext } from "../runtime.js";
import { decode } from "./codec.js";
import { type Method, type MethodEntry, type MethodTable, methodTable, named, one } from "./define.js";
import { strCase } from "./str-case.js";
import { strSearch } from "./str-search.js";
import { strStrip } from "./str-strip.js";
import { codecName } from "./str-translate.js";

// Bytes do what str does, byte for character: each method reads its operands as Latin-1 and hands back bytes.

function toText(bytes: Bytes): string {
  return latin1Text(bytes.data);
}

function toBytes(text: string): Bytes {
  return new Bytes(latin1Bytes(text));
}

function argument(value: Value, name: string): Value {
  if (value instanceof Bytes) return toText(value);
  if (value instanceof Tuple) return new Tuple(value.items.map((item) => argument(item, name)));
  const text = textOf(value);
  if (text === undefined) return value;
  if (name === "startswith" || name === "endswith") {
    throw new PyError("TypeError", `${name} first arg must be bytes or a tuple of bytes, not ${typeName(value)}`);
  }
  if (/^r?(find|index)$|^count$/.test(name)) {
    throw new PyError("TypeError", `argument should be integer or bytes-like object, not '${typeName(value)}'`);
  }
  throw new PyError("TypeError", `a bytes-like object is required, not '${typeName(value)}'`);
}

function result(value: Value): Value {
  if (typeof value === "string") return toBytes(value);
  if (Array.isArray(value)) return value.map(result);
  return value instanceof Tuple ? new Tuple(value.items.map(result)) : value;
}

function lifted(
  name: string,
  { cost, call }: Metered<Method<string>>,
  convert = (text: string) => text,
): MethodEntry<Bytes> {
  const lift: Method<Bytes> = (self, args, context, kwargs) => {
    try {
      const values = args.map((value) => argument(value, name));
      const named = new Map([...kwargs].map(([key, value]) => [key, argument(value, name)]));
      return result(call(convert(toText(self)), values, context, named));
    } catch (error) {
      if (error instanceof PyError && error.message.startsWith(`str.${name}()`)) {
        throw new PyError(error.type, error.message.replace("str.", "bytes."));
      }
      if (error instanceof PyError && error.message === "substring not found") {
        throw new PyError("ValueError", "subsection not found");
      }
      throw error;
    }
  };
  return [name, cost, lift];
}

const searchNames = [
  ...["find", "rfind", "index", "rindex", "count", "startswith", "endswith"],
  ...["split", "rsplit", "partition", "rpartition", "replace", "splitlines"],
];
const stripNames = [...strStrip.keys()];
const caseNames = ["upper", "lower", "capitalize", "title", "swapcase"];
const classNames = ["isalpha", "isalnum", "isdigit", "isspace", "islower", "isupper", "istitle"];

/** Only ASCII letters have a case: the others step aside while the method runs. */
function asciiOnly(name: string): MethodEntry<Bytes> {
  const [, cost, lift] = lifted(name, strCase.get(name) as Metered<Method<string>>);
  return [
    name,
    cost,
    (self, args, context, kwargs) => {
      const converted = lift(self, args, context, kwargs);
      if (!(converted instanceof Bytes)) return converted;
      return new Bytes(
        converted.data.map((byte, index) =>
          (self.data[index] as number) > 0x7f ? (self.data[index] as number) : byte,
        ),
      );
    },
  ];
}

function join(self: Bytes, items: Value, context: EvalContext): Bytes {
  if (items instanceof PyObject) items.use();
  const parts = Array.isArray(items) ? items : items instanceof Tuple ? items.items : undefined;
  if (parts === undefined) throw new PyError("TypeError", "can only join an iterable");
  const texts = parts.map((part, index) => {
    if (part instanceof Bytes) return toText(part);
    throw new PyError("TypeError", `sequence item ${index}: expected a bytes-like object, ${typeName(part)} found`);
  });
  const joined = texts.join(toText(self));
  context.budget.allocate(joined.length);
  return toBytes(joined);
}

export const bytesMethods: MethodTable<Bytes> = methodTable([
  ...searchNames.map((name) => lifted(name, strSearch.get(name) as Metered<Method<string>>)),
  ...stripNames.map((name) => lifted(name, strStrip.get(name) as Metered<Method<string>>)),
  ...caseNames.map(asciiOnly),
  ...classNames.map((name) =>
    lifted(name, strCase.get(name) as Metered<Method<string>>, (text) => text.replace(/[\u0080-\u00ff]/g, "\ufffd")),
  ),
  lifted("isascii", strCase.get("isascii") as Metered<Method<string>>),
  ["join", "counted", one("bytes.join", join)],
  [
    "decode",
    "counted",
    named("bytes.decode", ["encoding", "errors"], (self, [encoding = "utf-8", errors = "strict"], context) => {
      context.budget.allocate(self.data.length);
      return decode(
        self,
        codecName("decode", "encoding", encoding),
        codecName("decode", "errors", errors),
        context.budget,
      );
    }),
  ],
  [
    "hex",
    "counted",
    named("bytes.hex", ["sep", "bytes_per_sep"], (self, [separator = "", size = 1], context) => {
      const hex = hexText(self.data);
      const text = textOf(separator) ?? "";
      const width = 2 * Math.abs(Number(size));
      if (text === "" || width === 0) return hex;
      // Groups of a positive size are counted from the end.
      const first = Number(size) > 0 ? hex.length % width : 0;
      const groups = first > 0 ? [hex.slice(0, first)] : [];
      for (let at = first; at < hex.length; at += width) groups.push(hex.slice(at, at + width));
      context.budget.step(groups.length);
      context.budget.allocate(groups.length * text.length);
      return groups.join(text);
    }),
  ],
]);
