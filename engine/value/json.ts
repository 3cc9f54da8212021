import { Dict, int, PyFloat, type Value } from "./types.js";

/** Where and why Python's decoder stops. `message` is the whole text of the JSONDecodeError. */
export interface JsonFailure {
  readonly message: string;
  readonly offset: number;
}

const depthLimit = 900;

/**
 * Python's `json.loads`: whole numbers are ints of any size, others floats; `NaN` and `Infinity` are taken; of equal
 * keys the last wins. Its messages are those of Python up to 3.12.
 */
export function parseJson(text: string): { data: Value } | JsonFailure {
  try {
    const reader = new Reader(text);
    if (text.startsWith("\ufeff")) throw new Failure("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
    const data = reader.value(0);
    reader.end();
    return { data };
  } catch (error) {
    if (error instanceof Failure) return describe(text, error.reason, error.offset);
    throw error;
  }
}

class Failure extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}

function describe(text: string, reason: string, offset: number): JsonFailure {
  if (reason.startsWith("maximum recursion")) return { message: reason, offset };
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  return { message: `${reason}: line ${line} column ${column} (char ${offset})`, offset };
}

const constants = new Map<string, Value>([
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", new PyFloat(Number.NaN)],
  ["Infinity", new PyFloat(Number.POSITIVE_INFINITY)],
  ["-Infinity", new PyFloat(Number.NEGATIVE_INFINITY)],
]);
const constant = /null|true|false|NaN|-?Infinity/y;
const number = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const blanks = /[ \t\n\r]*/y;
const chunk = /[^"\\\u0000-\u001f]*/y;
const escapes: { readonly [character: string]: string } = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  end(): void {
    this.#match(blanks);
    if (this.#at < this.#text.length) throw new Failure("Extra data", this.#at);
  }

  value(depth: number): Value {
    if (depth > depthLimit) throw new Failure("maximum recursion depth exceeded while decoding a JSON value", this.#at);
    this.#match(blanks);
    const start = this.#at;
    const character = this.#text[start];
    if (character === '"') return this.#string();
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    const word = this.#match(constant)?.[0];
    if (word !== undefined) return constants.get(word) as Value;
    const digits = this.#match(number);
    if (!digits) throw new Failure("Expecting value", start);
    const [whole, integer = "", fraction, exponent] = digits;
    return fraction || exponent ? new PyFloat(Number(whole)) : int(BigInt(integer));
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#at += 1;
    this.#match(blanks);
    if (this.#take("]")) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.#match(blanks);
      if (this.#take("]")) return items;
      if (!this.#take(",")) throw new Failure("Expecting ',' delimiter", this.#at);
    }
  }

  #object(depth: number): Value {
    const dict = new Dict();
    this.#at += 1;
    this.#match(blanks);
    if (this.#take("}")) return dict;
    for (;;) {
      if (this.#text[this.#at] !== '"')
        throw new Failure("Expecting property name enclosed in double quotes", this.#at);
      const key = this.#string();
      this.#match(blanks);
      if (!this.#take(":")) throw new Failure("Expecting ':' delimiter", this.#at);
      dict.set(key, this.value(depth + 1));
      this.#match(blanks);
      if (this.#take("}")) return dict;
      if (!this.#take(",")) throw new Failure("Expecting ',' delimiter", this.#at);
      this.#match(blanks);
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    let result = "";
    for (;;) {
      result += this.#match(chunk)?.[0] ?? "";
      const character = this.#text[this.#at];
      if (character === undefined) throw new Failure("Unterminated string starting at", start);
      if (character === '"') {
        this.#at += 1;
        return result;
      }
      if (character !== "\\") throw new Failure("Invalid control character at", this.#at);
      result += this.#escape(start);
    }
  }

  #escape(start: number): string {
    const backslash = this.#at;
    const letter = this.#text[backslash + 1];
    if (letter === undefined) throw new Failure("Unterminated string starting at", start);
    if (letter !== "u") {
      const plain = escapes[letter];
      if (plain === undefined) throw new Failure("Invalid \\escape", backslash);
      this.#at += 2;
      return plain;
    }
    const digits = this.#text.slice(backslash + 2, backslash + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Failure("Invalid \\uXXXX escape", backslash + 1);
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}
