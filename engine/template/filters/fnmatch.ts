import { escapePattern, noFlags, Pattern } from "../../regex/index.js";
import { unmetered } from "../../value/meter.js";

/** Python's `fnmatch.translate`: the regular expression of a shell pattern. */
export function globPattern(glob: string): string {
  const characters = Array.from(glob);
  let pattern = "";
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    if (character === "*") {
      if (!pattern.endsWith(".*")) pattern += ".*";
    } else if (character === "?") pattern += ".";
    else if (character === "[") {
      const end = classEnd(characters, at + 1);
      if (end < 0) pattern += "\\[";
      else {
        pattern += classPattern(characters.slice(at + 1, end).join(""));
        at = end;
      }
    } else pattern += escapePattern(character);
  }
  return `(?s:${pattern})\\Z`;
}

function classEnd(characters: readonly string[], start: number): number {
  let at = start;
  if (characters[at] === "!") at += 1;
  if (characters[at] === "]") at += 1;
  return characters.indexOf("]", at);
}

function classPattern(body: string): string {
  const text = body.replace(/\\/g, "\\\\").replace(/([&~|])/g, "\\$1");
  if (text.startsWith("!")) return `[^${text.slice(1)}]`;
  return text.startsWith("^") || text.startsWith("[") ? `[\\${text}]` : `[${text}]`;
}

/** Whether a name fits a shell pattern, case counting. */
export function fnmatch(name: string, glob: string): boolean {
  return new Pattern(globPattern(glob), noFlags).match(name, unmetered) !== undefined;
}
