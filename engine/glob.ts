export interface GlobOptions {
  /** As on Windows, where Python's `fnmatch` takes no notice of case. */
  readonly ignoreCase?: boolean;
  /** `[^a]` means `[!a]`, as in a shell; to Python the `^` is a character like others. */
  readonly caretNegates?: boolean;
  /** Called for every step of work. May throw to end it. */
  readonly step?: () => void;
}

/**
 * Python's `fnmatch`: `*`, `?`, `[seq]` and `[!seq]` on the whole name, by code points. An unclosed bracket stands for
 * itself. Globs come from folders that anybody may have made: matching takes at most pattern times name, and no regular
 * expression is compiled.
 */
export function fnmatch(name: string, glob: string, options: GlobOptions = {}): boolean {
  const { ignoreCase = false, step } = options;
  const pattern = parse(ignoreCase ? glob.toLowerCase() : glob, options.caretNegates ?? false);
  const characters = Array.from(ignoreCase ? name.toLowerCase() : name);
  let [at, place] = [0, 0];
  // Going back to the last `*` is enough: an earlier one never needs to take more.
  let star: { readonly at: number; place: number } | undefined;
  while (place < characters.length) {
    step?.();
    const part = pattern[at];
    if (part === "*") {
      star = { at: ++at, place };
    } else if (part?.(characters[place] as string)) {
      at++;
      place++;
    } else if (star) {
      at = star.at;
      place = ++star.place;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

type Part = "*" | ((character: string) => boolean);

function parse(glob: string, caretNegates: boolean): Part[] {
  const characters = Array.from(glob);
  const parts: Part[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === "*") parts.push("*");
    else if (character === "?") parts.push(() => true);
    else {
      const isNegated =
        character === "[" && (characters[at + 1] === "!" || (caretNegates && characters[at + 1] === "^"));
      const from = at + (isNegated ? 2 : 1);
      // A `]` at the start is one of the characters.
      const close = character === "[" ? characters.indexOf("]", from + 1) : -1;
      if (close < 0) parts.push((other) => other === character);
      else {
        const members = characters.slice(from, close);
        parts.push((other) => isMember(members, other) !== isNegated);
        at = close;
      }
    }
  }
  return parts;
}

function isMember(members: readonly string[], character: string): boolean {
  for (let at = 0; at < members.length; at++) {
    const low = members[at] as string;
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    const high = isRange ? (members[at + 2] as string) : low;
    if (codePoint(character) >= codePoint(low) && codePoint(character) <= codePoint(high)) return true;
    if (isRange) at += 2;
  }
  return false;
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number;
}
