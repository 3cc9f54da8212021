/**
 * Python's `fnmatch`: `*`, `?`, `[seq]`, `[!seq]` on the whole name. An unclosed bracket stands for itself.
 * @param ignoreCase as a minion on Windows does
 */
export function globPattern(glob: string, ignoreCase = false): RegExp {
  let pattern = "";
  for (let index = 0; index < glob.length; index++) {
    const character = glob[index] as string;
    // Stars in a row are one star: this keeps the pattern from backtracking over them.
    if (character === "*") pattern += pattern.endsWith(".*") ? "" : ".*";
    else if (character === "?") pattern += ".";
    else if (character === "[") {
      const end = closingBracket(glob, index);
      if (end < 0) pattern += "\\[";
      else {
        pattern += bracket(glob.slice(index + 1, end));
        index = end;
      }
    } else pattern += character.replace(/[\\^$.|+(){}\]/-]/, "\\$&");
  }
  return new RegExp(`^(?:${pattern})$`, ignoreCase ? "isu" : "su");
}

/** A `]` directly behind `[` or `[!` is one of the characters. */
function closingBracket(glob: string, start: number): number {
  let from = start + 1;
  if (glob[from] === "!") from += 1;
  return glob.indexOf("]", from + 1);
}

function bracket(content: string): string {
  const negated = content.startsWith("!");
  const characters = (negated ? content.slice(1) : content).replace(/[\\\]^[]/g, "\\$&");
  const ranges = characters.replace(/([^\\])-([^\\])/gu, (range, low: string, high: string) =>
    low <= high ? range : "",
  );
  if (ranges === "") return negated ? "." : "(?!)";
  return `[${negated ? "^" : ""}${ranges}]`;
}
