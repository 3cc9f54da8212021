import { repr } from "../value/repr.js";
import { PyError } from "../value/types.js";
import { asciiLetter, controlEscapes, decimalDigit, octalDigit, octalValue } from "./escape.js";
import type { ParsedPattern } from "./parse.js";
import { PatternReader } from "./reader.js";

/** A replacement: texts, and the numbers of groups to put between them. */
export type Replacement = readonly (string | number)[];

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Parses the replacement of `re.sub`. @throws PyError `error`, or IndexError for an unknown name */
export function parseReplacement(source: string, pattern: ParsedPattern): Replacement {
  const reader = new PatternReader(source);
  const parts: (string | number)[] = [];
  const addGroup = (index: number, back: number) => {
    if (index >= pattern.groupCount) throw reader.error(`invalid group reference ${index}`, back);
    parts.push(index);
  };
  const addText = (text: string) => {
    const last = parts.at(-1);
    if (typeof last === "string") parts[parts.length - 1] = last + text;
    else parts.push(text);
  };
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (!token.startsWith("\\")) {
      addText(token);
      continue;
    }
    const letter = token.slice(1);
    if (letter === "g") {
      const name = groupName(reader);
      addGroup(groupIndex(reader, name, pattern), Array.from(name).length + 1);
    } else if (letter === "0") {
      addText(String.fromCharCode(Number.parseInt((token + reader.takeWhile(2, octalDigit)).slice(1), 8) & 0xff));
    } else if (decimalDigit.test(letter)) {
      let written = token + reader.takeWhile(1, decimalDigit);
      if (/^\\[0-7]{2}$/.test(written) && octalDigit.test(reader.next ?? "")) {
        written += reader.take();
        addText(String.fromCharCode(octalValue(reader, written)));
      } else addGroup(Number(written.slice(1)), written.length - 1);
    } else addText(escaped(reader, token));
  }
  return parts;
}

function groupName(reader: PatternReader): string {
  if (!reader.match("<")) throw reader.error("missing <");
  return reader.takeName(">", "group name");
}

function groupIndex(reader: PatternReader, name: string, pattern: ParsedPattern): number {
  if (identifier.test(name)) {
    const index = pattern.groupNames.get(name);
    if (index === undefined) throw new PyError("IndexError", `unknown group name ${repr(name)}`);
    return index;
  }
  if (!/^[0-9]+$/.test(name)) {
    throw reader.error(`bad character in group name ${repr(name)}`, Array.from(name).length + 1);
  }
  return Number(name);
}

/** Letters that mean nothing after a backslash are an error; other characters keep the backslash. */
function escaped(reader: PatternReader, token: string): string {
  const code = controlEscapes.get(token);
  if (code !== undefined) return String.fromCodePoint(code);
  if (asciiLetter.test(token.slice(1))) throw reader.error(`bad escape ${token}`, 2);
  return token;
}
