import type { Flags } from "./ast.js";
import type { PatternReader } from "./reader.js";

type FlagLetter = "i" | "L" | "m" | "s" | "x" | "a" | "u";

const flagLetters = /^[iLmsxau]$/;
const typeFlags = /^[aLu]$/;

/** `(?i)` for the whole pattern, or `(?i-s:…)` for a group. */
interface FlagGroup {
  readonly isGlobal: boolean;
  readonly on: ReadonlySet<FlagLetter>;
  readonly off: ReadonlySet<FlagLetter>;
}

export function startsFlags(character: string): boolean {
  return flagLetters.test(character) || character === "-";
}

/** The flags after `(?`, whose first character is already taken. */
export function parseFlags(reader: PatternReader, first: string): FlagGroup {
  const on = new Set<FlagLetter>();
  const off = new Set<FlagLetter>();
  let character = first;
  while (flagLetters.test(character)) {
    turnOn(reader, on, character as FlagLetter);
    character = following(reader, "missing -, : or )", /^[)\-:]$/);
  }
  if (character === ")") return { isGlobal: true, on, off };
  if (character === "-") {
    character = following(reader, "missing flag", /^$/);
    while (flagLetters.test(character)) {
      if (typeFlags.test(character)) {
        throw reader.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      }
      off.add(character as FlagLetter);
      character = following(reader, "missing :", /^:$/);
    }
  }
  if ([...on].some((flag) => off.has(flag))) throw reader.error("bad inline flags: flag turned on and off", 1);
  return { isGlobal: false, on, off };
}

function turnOn(reader: PatternReader, on: Set<FlagLetter>, flag: FlagLetter): void {
  if (flag === "L") throw reader.error("bad inline flags: cannot use 'L' flag with a str pattern");
  on.add(flag);
  if (on.has("a") && on.has("u")) {
    throw reader.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
  }
}

/** The next flag, or one of the characters that end them. */
function following(reader: PatternReader, missing: string, ends: RegExp): string {
  const character = reader.take();
  if (character === undefined) throw reader.error(missing);
  if (flagLetters.test(character) || ends.test(character)) return character;
  throw reader.error(/^\p{L}$/u.test(character) ? "unknown flag" : missing, Array.from(character).length);
}

/** The flags with a group's changes. */
export function changed(flags: Flags, { on, off }: FlagGroup): Flags {
  const value = (letter: FlagLetter, current: boolean) => (on.has(letter) ? true : off.has(letter) ? false : current);
  return {
    ignoreCase: value("i", flags.ignoreCase),
    multiLine: value("m", flags.multiLine),
    dotAll: value("s", flags.dotAll),
    verbose: value("x", flags.verbose),
    ascii: on.has("u") ? false : value("a", flags.ascii),
  };
}
