import { Dict, PyError, type Value } from "../value/types.js";
import { Char } from "./cursor.js";
import { resolvePlain, tags } from "./resolve.js";
import { boolValue, floatValue, intValue } from "./scalar-value.js";

/** Characters that only the complete loader knows how to treat, such as tabs and unusual line breaks. */
const unusual = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;

/** Deeper than this the complete loader decides. */
const maximumDepth = 100;
/** Keys of this length may be too long for libyaml, which counts more than the key itself. */
const maximumKeyLength = 1000;

/** Thrown by the quick loader at whatever it does not understand. */
const giveUp = Symbol("give up");

/**
 * The data of a text that uses nothing but the simplest YAML: block mappings and sequences of scalars on one line,
 * without escapes, anchors, tags, flow collections or documents. Nearly every rendered definition is one. Undefined
 * for all others, also for every text with an error: there the complete loader decides.
 */
export function quickLoad(text: string): Value | undefined {
  if (unusual.test(text)) return undefined;
  try {
    return new QuickLoader(text).load();
  } catch (thrown) {
    if (thrown === giveUp || thrown instanceof PyError) return undefined;
    throw thrown;
  }
}

class QuickLoader {
  #pos = 0;
  /** Column of the next content. */
  #column = 0;
  #depth = 0;
  /** The scalar that was read last is a key: the cursor stands on its `:`. */
  #isKey = false;
  readonly #padded: string;

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#padded = `${text}\n\0`;
  }

  load(): Value {
    this.#nextLine();
    if (this.#atEnd()) throw giveUp;
    const value = this.#block();
    if (!this.#atEnd() || typeof value !== "object" || value === null) throw giveUp;
    return value;
  }

  #atEnd(): boolean {
    return this.#pos >= this.#text.length;
  }

  /** Moves from the start of a line to the next content, past empty lines and comments. */
  #nextLine(): void {
    const padded = this.#padded;
    for (;;) {
      const start = this.#pos;
      let pos = start;
      while (padded.charCodeAt(pos) === Char.Space) pos++;
      const code = padded.charCodeAt(pos);
      if (code === Char.LineFeed) this.#pos = pos + 1;
      else if (code === Char.Hash) this.#pos = padded.indexOf("\n", pos) + 1;
      else {
        this.#pos = pos;
        this.#column = pos - start;
        if (this.#column === 0 && (code === Char.Minus || code === Char.Dot) && this.#isMarker(pos, code)) throw giveUp;
        return;
      }
    }
  }

  /** `---` and `...`, glued to something or not. */
  #isMarker(pos: number, code: number): boolean {
    return this.#padded.charCodeAt(pos + 1) === code && this.#padded.charCodeAt(pos + 2) === code;
  }

  /** The node at the cursor: a collection whose entries stand at its column, or a scalar that fills the line. */
  #block(): Value {
    const column = this.#column;
    if (this.#atEntry()) return this.#sequence(column);
    const first = this.#scalar();
    if (this.#isKey) return this.#mapping(column, first);
    this.#endLine();
    return first;
  }

  #atEntry(): boolean {
    if (this.#padded.charCodeAt(this.#pos) !== Char.Minus) return false;
    const next = this.#padded.charCodeAt(this.#pos + 1);
    return next === Char.Space || next === Char.LineFeed;
  }

  #sequence(column: number): Value[] {
    if (++this.#depth > maximumDepth) throw giveUp;
    const items: Value[] = [];
    while (this.#column === column && !this.#atEnd() && this.#atEntry()) {
      this.#pos++;
      const start = this.#pos;
      this.#skipSpaces();
      if (this.#atLineEnd()) items.push(this.#valueBelow(column, false));
      else {
        this.#column = column + 1 + this.#pos - start;
        items.push(this.#block());
        if (this.#column > column && !this.#atEnd()) throw giveUp;
      }
    }
    this.#depth--;
    return items;
  }

  /** @param first its first key; the cursor stands on the `:` behind it */
  #mapping(column: number, first: Value): Dict {
    if (++this.#depth > maximumDepth) throw giveUp;
    const dict = new Dict();
    let key = first;
    for (;;) {
      this.#pos++;
      this.#skipSpaces();
      const value = this.#atLineEnd() ? this.#valueBelow(column, true) : this.#valueBehind(column);
      const size = dict.size;
      dict.set(key, value);
      if (dict.size === size) throw giveUp;
      if (this.#column !== column || this.#atEnd() || this.#atEntry()) break;
      key = this.#scalar();
      if (!this.#isKey) throw giveUp;
    }
    this.#depth--;
    return dict;
  }

  /** A value on the line of its key. */
  #valueBehind(column: number): Value {
    if (this.#atEntry()) throw giveUp;
    const value = this.#scalar();
    if (this.#isKey) throw giveUp;
    this.#endLine();
    // A deeper line would go on with the scalar.
    if (this.#column > column && !this.#atEnd()) throw giveUp;
    return value;
  }

  /** A value on the lines below: deeper, or for a mapping a sequence at its own column; None where there is none. */
  #valueBelow(column: number, inMapping: boolean): Value {
    this.#endLine();
    if (this.#atEnd() || this.#column < column) return null;
    if (this.#column === column) return inMapping && this.#atEntry() ? this.#sequence(column) : null;
    const value = this.#block();
    if (this.#column > column && !this.#atEnd()) throw giveUp;
    return value;
  }

  #skipSpaces(): void {
    while (this.#padded.charCodeAt(this.#pos) === Char.Space) this.#pos++;
  }

  #atLineEnd(): boolean {
    const code = this.#padded.charCodeAt(this.#pos);
    return code === Char.LineFeed || (code === Char.Hash && this.#padded.charCodeAt(this.#pos - 1) === Char.Space);
  }

  /** Moves over blanks, a comment and the line's end to the next content. */
  #endLine(): void {
    this.#skipSpaces();
    if (!this.#atLineEnd()) throw giveUp;
    this.#pos = this.#padded.indexOf("\n", this.#pos) + 1;
    this.#nextLine();
  }

  /** Reads a scalar on one line and notes whether it is a key; then the cursor stands on its `:`. */
  #scalar(): Value {
    const code = this.#padded.charCodeAt(this.#pos);
    if (code === Char.SingleQuote || code === Char.DoubleQuote) return this.#quoted(code);
    if (!this.#startsPlain(code)) throw giveUp;
    return this.#plain();
  }

  #startsPlain(code: number): boolean {
    if (code === Char.Minus || code === Char.Question || code === Char.Colon) {
      const next = this.#padded.charCodeAt(this.#pos + 1);
      return next !== Char.Space && next !== Char.LineFeed;
    }
    return code > Char.CloseBrace || indicators[code] === 0;
  }

  #quoted(quote: number): string {
    const start = this.#pos + 1;
    let end = start;
    for (; ; end++) {
      const code = this.#padded.charCodeAt(end);
      if (code === quote) break;
      if (code === Char.LineFeed || (code === Char.Backslash && quote === Char.DoubleQuote)) throw giveUp;
    }
    this.#pos = end + 1;
    if (this.#padded.charCodeAt(this.#pos) === quote && quote === Char.SingleQuote) throw giveUp;
    this.#skipSpaces();
    this.#noteKey(start);
    return this.#text.slice(start, end);
  }

  #plain(): Value {
    const padded = this.#padded;
    const start = this.#pos;
    let pos = start;
    let end = start;
    for (; ; pos++) {
      const code = padded.charCodeAt(pos);
      if (code === Char.LineFeed) break;
      if (code === Char.Space) continue;
      if (code === Char.Hash && padded.charCodeAt(pos - 1) === Char.Space) break;
      if (code === Char.Colon) {
        const next = padded.charCodeAt(pos + 1);
        if (next === Char.Space || next === Char.LineFeed) break;
      }
      end = pos + 1;
    }
    this.#pos = pos;
    this.#noteKey(start);
    return plainValue(this.#text.slice(start, end));
  }

  #noteKey(start: number): void {
    this.#isKey = this.#padded.charCodeAt(this.#pos) === Char.Colon;
    if (!this.#isKey) return;
    const next = this.#padded.charCodeAt(this.#pos + 1);
    if ((next !== Char.Space && next !== Char.LineFeed) || this.#pos - start > maximumKeyLength) throw giveUp;
  }
}

/** Characters that no plain scalar begins with, whatever follows them; by code. */
const indicators = Uint8Array.from({ length: 126 }, (_, code) =>
  " ,[]{}#&*!|>'\"%@`".includes(String.fromCharCode(code)) ? 1 : 0,
);

function plainValue(text: string): Value {
  switch (resolvePlain(text)) {
    case tags.str:
    case tags.timestamp:
      return text;
    case tags.null:
      return null;
    case tags.bool:
      return boolValue(text);
    case tags.int:
      return intValue(text);
    case tags.float:
      return floatValue(text);
    default:
      throw giveUp;
  }
}
