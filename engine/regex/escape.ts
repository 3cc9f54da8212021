import { characterNames } from "../value/lazy-character-names.js";
import { repr } from "../value/repr.js";
import type { PatternReader } from "./reader.js";

/** What the letters after a backslash stand for, where they stand for one character. */
export const controlEscapes: ReadonlyMap<string, number> = new Map([
  ["\\a", 7],
  ["\\b", 8],
  ["\\f", 12],
  ["\\n", 10],
  ["\\r", 13],
  ["\\t", 9],
  ["\\v", 11],
  ["\\\\", 92],
]);

const hex = /^[0-9a-fA-F]$/;
export const octalDigit = /^[0-7]$/;
export const decimalDigit = /^[0-9]$/;
export const asciiLetter = /^[a-zA-Z]$/;

const hexLengths: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** `\x41`, `\\u0041`, `\N{BULLET}`: the escapes that are the same everywhere in a pattern; undefined for others. */
export function characterEscape(reader: PatternReader, token: string): number | undefined {
  const letter = token.slice(1);
  const length = hexLengths.get(letter);
  if (length !== undefined) {
    const whole = token + reader.takeWhile(length, hex);
    if (whole.length !== length + 2) throw reader.error(`incomplete escape ${whole}`, whole.length);
    const code = Number.parseInt(whole.slice(2), 16);
    if (code > 0x10ffff) throw reader.error(`bad escape ${whole}`, whole.length);
    return code;
  }
  if (letter !== "N") return undefined;
  if (!reader.match("{")) throw reader.error("missing {");
  const name = reader.takeName("}", "character name");
  const character = characterNames().get(name.toUpperCase());
  if (character === undefined) throw reader.error(`undefined character name ${repr(name)}`, name.length + 4);
  return character.codePointAt(0) as number;
}

/** An octal escape of up to three digits. */
export function octalValue(reader: PatternReader, token: string): number {
  const code = Number.parseInt(token.slice(1), 8);
  if (code > 0o377) {
    throw reader.error(`octal escape value ${token} outside of range 0-0o377`, token.length);
  }
  return code;
}
