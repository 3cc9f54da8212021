import { equal } from "../../value/equal.js";
import { iterate } from "../../value/iterate.js";
import { Markup } from "../../value/markup.js";
import { isInteger, plainInt } from "../../value/numbers.js";
import { Range } from "../../value/range.js";
import { repr } from "../../value/repr.js";
import {
  Bytes,
  Dict,
  OrderedDict,
  PyError,
  PyFloat,
  PyObject,
  PySet,
  Tuple,
  typeName,
  type Value,
} from "../../value/types.js";
import { DictView } from "../../value/views.js";
import type { Metered } from "../cost.js";
import { NativeFunction } from "../runtime.js";
import { bytesMethods } from "./bytes.js";
import { type Method, type MethodTable, methodTable, one } from "./define.js";
import { dictMethods, orderedDictMethods } from "./dict.js";
import { listMethods, tupleMethods } from "./list.js";
import { markupMethods } from "./markup.js";
import { floatMethods, intMethods, numberAttribute } from "./number.js";
import { setMethods } from "./set.js";
import { strCase } from "./str-case.js";
import { formatMapMethod, formatMethod } from "./str-format.js";
import { strSearch } from "./str-search.js";
import { strStrip } from "./str-strip.js";
import { strTranslate } from "./str-translate.js";

/** All of str: the tables in the order that a reader would look. */
const strMethods: MethodTable<string> = new Map([
  ...strSearch,
  ...strStrip,
  ...strCase,
  ...strTranslate,
  ...methodTable([
    ["format", "counted", formatMethod],
    ["format_map", "counted", formatMapMethod],
  ]),
]);

const rangeMethods: MethodTable<Range> = methodTable([
  [
    "index",
    "counted",
    one("range.index", (self, item) => {
      const index = self.indexOf(item);
      if (index < 0)
        throw new PyError(
          "ValueError",
          isInteger(item) ? `${repr(item)} is not in range` : "sequence.index(x): x not in sequence",
        );
      return index;
    }),
  ],
  ["count", "counted", one("range.count", (self, item) => (self.indexOf(item) < 0 ? 0 : 1))],
]);

const viewMethods: MethodTable<DictView> = methodTable([
  [
    "isdisjoint",
    "counted",
    one("dict_keys.isdisjoint", (self, items) => {
      for (const item of iterate(items)) if (self.contains(item)) return false;
      return true;
    }),
  ],
]);

const rangeParts: ReadonlyMap<string, (range: Range) => number> = new Map([
  ["start", (range) => range.start],
  ["stop", (range) => range.stop],
  ["step", (range) => range.step],
]);

/**
 * What Python's `getattr` finds on a value, of the public names: a bound method, or an attribute of a number or an
 * object. Undefined when there is no such attribute. Only names in our own tables are ever found.
 */
export function attributeOf(value: Value, name: string): Value | undefined {
  if (typeof value === "string") return bound(value, strMethods, name);
  if (value instanceof Dict) {
    const ordered = value instanceof OrderedDict ? bound(value, orderedDictMethods, name) : undefined;
    return ordered ?? bound(value, dictMethods, name);
  }
  if (Array.isArray(value)) return bound(value, listMethods, name);
  if (value instanceof Tuple) return bound(value, tupleMethods, name);
  if (isInteger(value)) return numberAttribute(value, name) ?? bound(plainInt(value), intMethods, name);
  if (value instanceof PyFloat) return numberAttribute(value, name) ?? bound(value, floatMethods, name);
  if (value instanceof PySet) return bound(value, setMethods, name);
  if (value instanceof Bytes) return bound(value, bytesMethods, name);
  if (value instanceof Markup) return bound(value, markupMethods, name);
  if (value instanceof DictView) return bound(value, viewMethods, name);
  if (value instanceof Range) return rangeParts.get(name)?.(value) ?? bound(value, rangeMethods, name);
  return value instanceof PyObject ? value.attribute(name) : undefined;
}

function bound<Self extends Value>(self: Self, table: MethodTable<Self>, name: string): BoundMethod<Self> | undefined {
  const method = table.get(name);
  return method && new BoundMethod(self, name, method);
}

/** A method together with its object. */
class BoundMethod<Self extends Value> extends NativeFunction {
  readonly #self: Self;
  readonly #method: Metered<Method<Self>>;

  constructor(self: Self, name: string, method: Metered<Method<Self>>) {
    super(name, method.cost, (context, args, kwargs) => method.call(self, args, context, kwargs));
    this.#self = self;
    this.#method = method;
  }
  protected override owner(): Value {
    return this.#self;
  }
  override repr(): string {
    return `<built-in method ${this.name} of ${typeName(this.#self)} object at 0x7f0000000000>`;
  }
  override equals(other: Value): boolean {
    return other instanceof BoundMethod && other.#method === this.#method && equal(other.#self, this.#self);
  }
}
