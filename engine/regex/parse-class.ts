import type { Flags } from "./ast.js";
import { type CharSet, classSet, literalSet, unionSet } from "./charset.js";
import { asciiLetter, characterEscape, controlEscapes, decimalDigit, octalDigit, octalValue } from "./escape.js";
import type { PatternReader } from "./reader.js";

/** A member of a `[…]`: one character, or a class. */
type Member = { readonly code: number } | { readonly set: CharSet };

function member(reader: PatternReader, token: string, flags: Flags): Member {
  if (!token.startsWith("\\")) return { code: token.codePointAt(0) as number };
  const control = controlEscapes.get(token);
  if (control !== undefined) return { code: control };
  const letter = token.slice(1);
  const set = classSet(letter, flags.ascii);
  if (set) return { set };
  const code = characterEscape(reader, token);
  if (code !== undefined) return { code };
  if (octalDigit.test(letter)) {
    return { code: octalValue(reader, token + reader.takeWhile(2, octalDigit)) };
  }
  if (decimalDigit.test(letter) || asciiLetter.test(letter)) throw reader.error(`bad escape ${token}`, 2);
  return { code: letter.codePointAt(0) as number };
}

function toSet(member: Member): CharSet {
  if ("set" in member) return member.set;
  const { code } = member;
  return (candidate) => candidate === code;
}

/** The rest of a `[…]` whose bracket is already taken. */
export function parseClass(reader: PatternReader, flags: Flags): CharSet {
  const here = reader.position - 1;
  const unterminated = () => reader.error("unterminated character set", reader.position - here);
  const negated = reader.match("^");
  const parts: CharSet[] = [];
  const single: number[] = [];
  const add = (part: Member) => {
    if ("code" in part) single.push(part.code);
    parts.push(toSet(part));
  };
  for (;;) {
    const token = reader.take();
    if (token === undefined) throw unterminated();
    if (token === "]" && parts.length) break;
    const low = member(reader, token, flags);
    if (!reader.match("-")) {
      add(low);
      continue;
    }
    const last = reader.take();
    if (last === undefined) throw unterminated();
    if (last === "]") {
      add(low);
      add({ code: 45 });
      break;
    }
    const high = member(reader, last, flags);
    if ("set" in low || "set" in high || high.code < low.code) {
      const range = `${token}-${last}`;
      throw reader.error(`bad character range ${range}`, Array.from(range).length);
    }
    parts.push((code) => code >= low.code && code <= high.code);
  }
  const [only] = single;
  if (parts.length === 1 && single.length === 1 && only !== undefined) {
    const set = literalSet(only, flags.ignoreCase, flags.ascii);
    return negated ? (code) => !set(code) : set;
  }
  return unionSet(parts, { negated, ignoreCase: flags.ignoreCase, ascii: flags.ascii });
}
