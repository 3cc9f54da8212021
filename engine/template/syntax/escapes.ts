import { characterNames } from "../../value/lazy-character-names.js";

/** A string literal that Python's `unicode-escape` codec refuses; the message is the one that Jinja reports. */
export class EscapeError extends Error {}

const simple: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const hexEscapes: Readonly<Record<string, { digits: number; message: string }>> = {
  x: { digits: 2, message: "truncated \\xXX escape" },
  u: { digits: 4, message: "truncated \\uXXXX escape" },
  U: { digits: 8, message: "truncated \\UXXXXXXXX escape" },
};

/**
 * The value of what stands between the quotes of a literal. Unknown escapes stay as written.
 * @throws EscapeError
 */
export function unescapeLiteral(body: string): string {
  let value = "";
  let position = 0;
  for (;;) {
    const backslash = body.indexOf("\\", position);
    if (backslash < 0) return value + body.slice(position);
    value += body.slice(position, backslash);
    const found = readEscape(body, backslash + 1);
    value += found.text;
    position = found.end;
  }
}

function readEscape(body: string, start: number): { text: string; end: number } {
  const letter = body.charAt(start);
  if (letter === "") throw new EscapeError("\\ at end of string");
  if (Object.hasOwn(simple, letter)) return { text: simple[letter] as string, end: start + 1 };
  if (letter >= "0" && letter <= "7") return readOctal(body, start);
  if (letter === "N") return readName(body, start + 1);
  const hex = Object.hasOwn(hexEscapes, letter) ? hexEscapes[letter] : undefined;
  if (hex) return readHex(body, start + 1, hex.digits, hex.message);
  const code = body.codePointAt(start) as number;
  const written = String.fromCodePoint(code);
  // Jinja spells other characters as ASCII escapes before it reads them, so the backslash doubles the one of the spelling.
  return { text: `\\${code > 0x7f ? spelledEscape(code) : written}`, end: start + written.length };
}

function readOctal(body: string, start: number): { text: string; end: number } {
  const digits = /^[0-7]{1,3}/.exec(body.slice(start, start + 3))?.[0] ?? "";
  return { text: String.fromCharCode(Number.parseInt(digits, 8)), end: start + digits.length };
}

function readHex(body: string, start: number, digits: number, message: string): { text: string; end: number } {
  const text = body.slice(start, start + digits);
  if (text.length < digits || !/^[0-9a-fA-F]+$/.test(text)) throw new EscapeError(message);
  const code = Number.parseInt(text, 16);
  if (code > 0x10ffff) throw new EscapeError("illegal Unicode character");
  return { text: String.fromCodePoint(code), end: start + digits };
}

function readName(body: string, start: number): { text: string; end: number } {
  const name = /^\{([^}]+)\}/.exec(body.slice(start))?.[1];
  if (name === undefined) throw new EscapeError("malformed \\N character escape");
  const character = characterNames().get(name.toUpperCase());
  if (character === undefined) throw new EscapeError("unknown Unicode character name");
  return { text: character, end: start + name.length + 2 };
}

function spelledEscape(code: number): string {
  if (code <= 0xff) return `x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `u${code.toString(16).padStart(4, "0")}`;
  return `U${code.toString(16).padStart(8, "0")}`;
}
