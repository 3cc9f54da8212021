/** Whether a character, given as its code point, belongs to a set. */
export type CharSet = (code: number) => boolean;

const digits = /\p{Nd}/u;
const letters = /[\p{L}\p{N}_]/u;
const spaces = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const space = new RegExp(`^[${spaces}]$`);

export function isDigit(code: number, ascii: boolean): boolean {
  if (code < 128) return code >= 48 && code <= 57;
  return !ascii && digits.test(String.fromCodePoint(code));
}

/** Python's `\w`: letters, numbers and the underscore. */
export function isWord(code: number, ascii: boolean): boolean {
  if (code < 128) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  }
  return !ascii && letters.test(String.fromCodePoint(code));
}

export function isSpace(code: number, ascii: boolean): boolean {
  if (ascii) return code === 32 || (code >= 9 && code <= 13);
  return code < 0x10000 && space.test(String.fromCharCode(code));
}

/** The set of one of the classes `\d \D \s \S \w \W`; undefined for another letter. */
export function classSet(letter: string, ascii: boolean): CharSet | undefined {
  switch (letter) {
    case "d":
      return (code) => isDigit(code, ascii);
    case "D":
      return (code) => !isDigit(code, ascii);
    case "s":
      return (code) => isSpace(code, ascii);
    case "S":
      return (code) => !isSpace(code, ascii);
    case "w":
      return (code) => isWord(code, ascii);
    case "W":
      return (code) => !isWord(code, ascii);
    default:
      return undefined;
  }
}

/** The other characters that are the same one when case is ignored, as simple one-to-one mappings. */
function lower(code: number): number {
  return single(String.fromCodePoint(code).toLowerCase()) ?? code;
}

function upper(code: number): number {
  return single(String.fromCodePoint(code).toUpperCase()) ?? code;
}

function single(text: string): number | undefined {
  const code = text.codePointAt(0) as number;
  return text.length === (code > 0xffff ? 2 : 1) ? code : undefined;
}

/** One representative for all cases of a character: long s and s, the Greek sigmas, the Kelvin sign and k are alike. */
export function fold(code: number, ascii: boolean): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  return ascii ? code : lower(upper(lower(code)));
}

export function literalSet(wanted: number, ignoreCase: boolean, ascii: boolean): CharSet {
  if (!ignoreCase) return (code) => code === wanted;
  const folded = fold(wanted, ascii);
  return (code) => fold(code, ascii) === folded;
}

/** A `[…]` of single characters, ranges and classes. */
export function unionSet(
  parts: readonly CharSet[],
  { negated, ignoreCase, ascii }: { negated: boolean; ignoreCase: boolean; ascii: boolean },
): CharSet {
  const has = (code: number) => parts.some((part) => part(code));
  const inAnyCase = (code: number) => {
    if (has(code)) return true;
    if (code < 128 || ascii) return code < 128 && (has(asciiLower(code)) || has(asciiUpper(code)));
    return has(lower(code)) || has(upper(code)) || has(fold(code, false));
  };
  const test = ignoreCase ? (ascii ? inAnyCase : (code: number) => inAnyCase(code) || hasKin(code, has)) : has;
  return negated ? (code) => !test(code) : test;
}

function asciiLower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function asciiUpper(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}

/** Letters of ASCII that have a case outside of it. */
const kin: ReadonlyMap<number, readonly number[]> = new Map([
  [0x69, [0x131, 0x130]],
  [0x49, [0x131, 0x130]],
  [0x73, [0x17f]],
  [0x53, [0x17f]],
  [0x6b, [0x212a]],
  [0x4b, [0x212a]],
]);

function hasKin(code: number, has: CharSet): boolean {
  return kin.get(code)?.some(has) ?? false;
}
