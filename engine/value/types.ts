import { charge, type Meter } from "./meter.js";

/**
 * Python's values as the engine holds them. Jinja and YAML share them, so a version that YAML read as a float
 * is the same kind of thing as a float that a template computed.
 *
 *     None → null · bool → boolean · str → string (UTF-16) · list → array
 *     int → number when it is a safe integer, bigint otherwise · float → PyFloat, always
 *     tuple → Tuple · dict → Dict · set → PySet · bytes → Bytes · everything else → PyObject
 *
 * A bare JavaScript number is therefore always a whole number; code that makes one from a float is wrong.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | Tuple
  | Value[]
  | Dict
  | PySet
  | Bytes
  | PyObject;

/** JSON as `JSON.parse` gives it: what profiles, pillars and contexts come in. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A Python float. Its own class because JavaScript cannot tell 1.0 from 1, and Salt can. */
export class PyFloat {
  constructor(readonly value: number) {}
}

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}

export class Bytes {
  constructor(readonly data: Uint8Array) {}
}

/**
 * Objects only templates see (undefined, macros, loop, namespaces, bound methods …). `typeName` is Python's name of the
 * class. The methods are Python's object protocol; each default says that the object cannot do it.
 */
export abstract class PyObject {
  abstract readonly typeName: string;
  /** The module of its class, as Jinja's messages name it: `jinja2.utils` of `jinja2.utils.Namespace object`. */
  get module(): string {
    return "builtins";
  }
  /** Called before any operator or conversion takes the object as an operand: strict undefined raises here. */
  use(): void {}
  /** Python's `repr`, when the object has one worth printing. */
  repr(): string {
    return `<${this.typeName} object>`;
  }
  /** Python's `str`. */
  str(): string {
    return this.repr();
  }
  /** Python's truth value. */
  truthy(): boolean {
    return true;
  }
  /** What {@link hashKey} answers: the object itself, unless its class defines equality. */
  hash(): unknown {
    return this;
  }
  equals(other: Value): boolean {
    return this === other;
  }
  /** The items that a loop over the object sees; undefined when it is not iterable. */
  iterate(): Iterable<Value> | undefined {
    return undefined;
  }
  /** Python's `len`; undefined when it has none. */
  length(): number | undefined {
    return undefined;
  }
  /** Python's `in`; undefined when it must be found by iterating, or not at all. */
  contains(_item: Value): boolean | undefined {
    return undefined;
  }
  /** `object[key]`; undefined when there is no such item. */
  item(_key: Value): Value | undefined {
    return undefined;
  }
  /** `object <operator> other`, or `other <operator> object` when reflected; undefined when it does not know how. */
  operate(_operator: string, _other: Value, _reflected: boolean, _meter: Meter): Value | undefined {
    return undefined;
  }
  /** `object.name`, of the names that a template may see; undefined when there is no such attribute. */
  attribute(_name: string): Value | undefined {
    return undefined;
  }
}

/** An object of a subclass of Python's str: a text to whatever asks for one. */
export abstract class PyText extends PyObject {
  abstract readonly text: string;
}

/** An exception that Python, Jinja or PyYAML would raise; `type` is the class name. Never leaves the engine's public functions. */
export class PyError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = type;
  }
}

/** Something takes more than a rendering may use. Not an exception of Python: Salt would have gone on. */
export class BudgetError extends PyError {
  constructor(message: string) {
    super("BudgetError", message);
  }
}

interface Entry {
  readonly key: Value;
  value: Value;
}

/**
 * A dict: insertion order, and Python's key equality (`1`, `1.0` and `True` are one key; `1` and `'1'` are two).
 * Setting an existing key keeps the first spelling of the key, as Python does. Unhashable keys raise TypeError.
 */
export class Dict {
  readonly #entries_ = new Map<unknown, Entry>();

  static from(pairs: Iterable<readonly [Value, Value]>): Dict {
    // Of an ordered dict it makes an ordered one.
    const dict = new this();
    for (const [key, value] of pairs) dict.set(key, value);
    return dict;
  }

  get size(): number {
    return this.#entries_.size;
  }
  has(key: Value): boolean {
    return this.#entries_.has(hashKey(key));
  }
  get(key: Value): Value | undefined {
    return this.#entries_.get(typeof key === "string" && key.charCodeAt(0) !== 0 ? key : hashKey(key))?.value;
  }
  set(key: Value, value: Value): this {
    const hash = hashKey(key);
    const entry = this.#entries_.get(hash);
    if (entry) entry.value = value;
    else this.#entries_.set(hash, { key, value });
    return this;
  }
  delete(key: Value): boolean {
    return this.#entries_.delete(hashKey(key));
  }
  clear(): void {
    this.#entries_.clear();
  }
  *keys(): IterableIterator<Value> {
    for (const entry of this.#entries_.values()) yield entry.key;
  }
  *values(): IterableIterator<Value> {
    for (const entry of this.#entries_.values()) yield entry.value;
  }
  *entries(): IterableIterator<[Value, Value]> {
    for (const entry of this.#entries_.values()) yield [entry.key, entry.value];
  }
  [Symbol.iterator](): IterableIterator<[Value, Value]> {
    return this.entries();
  }
}

/** What `odict(…)` makes: a dict that prints otherwise, and compares its order with others of its kind. */
export class OrderedDict extends Dict {}

/** A set. Iterates in insertion order (Python's order is arbitrary). */
export class PySet {
  readonly #items_ = new Map<unknown, Value>();

  static from(items: Iterable<Value>): PySet {
    const set = new PySet();
    for (const item of items) set.add(item);
    return set;
  }

  get size(): number {
    return this.#items_.size;
  }
  has(item: Value): boolean {
    return this.#items_.has(hashKey(item));
  }
  add(item: Value): this {
    const hash = hashKey(item);
    if (!this.#items_.has(hash)) this.#items_.set(hash, item);
    return this;
  }
  delete(item: Value): boolean {
    return this.#items_.delete(hashKey(item));
  }
  [Symbol.iterator](): IterableIterator<Value> {
    return this.#items_.values();
  }
}

/**
 * A JavaScript value that is equal for two Python values exactly when Python calls them equal and hashes them alike.
 * @throws PyError TypeError `unhashable type: 'list'` and the like
 */
export function hashKey(value: Value): unknown {
  switch (typeof value) {
    case "string":
      // Keys of other kinds are spelt with a leading NUL below; a text that begins with one steps aside.
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
  }
  if (value === null) return null;
  if (value instanceof PyFloat) {
    const number = value.value;
    return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number) : number === 0 ? 0 : number;
  }
  if (value instanceof Tuple) return hashTuple(value);
  if (value instanceof Bytes) {
    charge(value.data.length >> 2);
    return `\0b${value.data.join()}`;
  }
  if (value instanceof PyObject) return value.hash();
  throw new PyError("TypeError", `unhashable type: '${typeName(value)}'`);
}

const longestHash = 1_000_000;

function hashTuple(tuple: Tuple): string {
  let spelt = "\0t";
  for (const item of tuple.items) {
    const hash = spellHash(item);
    charge(1 + (hash.length >> 5));
    spelt += `${hash},`;
    // Tuples that share parts grow exponentially when spelt out.
    if (spelt.length > longestHash) throw new BudgetError("The tuple is too large to be a key.");
  }
  return spelt;
}

const objectIds = new WeakMap<PyObject, number>();
let lastObjectId = 0;

function spellHash(value: Value): string {
  const hash = hashKey(value);
  if (typeof hash === "string") return `${hash.length}:${hash}`;
  if (!(hash instanceof PyObject)) return String(hash);
  let id = objectIds.get(hash);
  if (id === undefined) {
    lastObjectId += 1;
    id = lastObjectId;
    objectIds.set(hash, id);
  }
  return `#${id}`;
}

/** Python's name of a value's class, as it stands in error messages. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "string":
      return "str";
    case "number":
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
  }
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (value instanceof PyFloat) return "float";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof Dict) return value instanceof OrderedDict ? "collections.OrderedDict" : "dict";
  if (value instanceof PySet) return "set";
  if (value instanceof Bytes) return "bytes";
  return value.typeName;
}

/** The narrowest holder of a whole number: number when safe, bigint beyond. */
export function int(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
