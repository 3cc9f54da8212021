/** How many patterns one with braces may stand for. */
const alternativesLimit = 256;

/**
 * Whether a path matches any of the globs: `*` and `?` within a name, `**` over any number of folders, `[a-z]`, `{a,b}`.
 * Names that begin with a dot are matched like any other. Globs stand in the project file of whatever folder somebody
 * opens, so matching takes time in proportion to pattern and path, whatever the pattern: no regular expression is made.
 * @param globs with `/` between folders
 */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap((glob) => expandBraces(glob.replace(/^\.\//, ""))).map((glob) => glob.split("/"));
  return (path) => {
    const parts = path.split("/");
    return patterns.some((pattern) => matchesFolders(pattern, parts));
  };
}

function matchesFolders(pattern: readonly string[], parts: readonly string[]): boolean {
  // `reached[n]`: the pattern so far matches the first n parts.
  let reached = parts.map(() => false);
  reached.unshift(true);
  for (const name of pattern) {
    const next = reached.map(() => false);
    for (let count = 0; count <= parts.length; count++) {
      const part = parts[count - 1];
      if (name === "**") next[count] = reached[count] === true || next[count - 1] === true;
      else if (part !== undefined) next[count] = reached[count - 1] === true && matchesName(name, part);
    }
    reached = next;
  }
  return reached[parts.length] === true;
}

/** Goes back to the last `*` only: an earlier one need never take more. */
function matchesName(pattern: string, name: string): boolean {
  let [at, place] = [0, 0];
  let star: { readonly at: number; place: number } | undefined;
  while (place < name.length) {
    const step = at < pattern.length ? readStep(pattern, at) : undefined;
    if (step?.matches === "any") {
      star = { at: step.end, place };
      at = step.end;
    } else if (step?.matches(name[place] as string)) {
      at = step.end;
      place++;
    } else if (star) {
      at = star.at;
      place = ++star.place;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

interface Step {
  readonly end: number;
  readonly matches: "any" | ((character: string) => boolean);
}

function readStep(pattern: string, at: number): Step {
  const character = pattern[at] as string;
  if (character === "*") return { end: at + 1, matches: "any" };
  if (character === "?") return { end: at + 1, matches: () => true };
  const close = character === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (close < 0) return { end: at + 1, matches: (other) => other === character };
  const isNegated = pattern[at + 1] === "!" || pattern[at + 1] === "^";
  const members = pattern.slice(at + (isNegated ? 2 : 1), close);
  return { end: close + 1, matches: (other) => isMember(members, other) !== isNegated };
}

function isMember(members: string, character: string): boolean {
  for (let at = 0; at < members.length; at++) {
    const first = members[at] as string;
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    if (character >= first && character <= (isRange ? (members[at + 2] as string) : first)) return true;
    if (isRange) at += 2;
  }
  return false;
}

/** `a{b,c{d,e}}` → `ab`, `acd`, `ace`. Braces without a comma stand for themselves. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0 && done.length + open.length <= alternativesLimit) {
    const next = open.pop() as string;
    const inner = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (!inner) done.push(next);
    else
      for (const choice of (inner[1] as string).split(",").reverse())
        open.push(next.slice(0, inner.index) + choice + next.slice(inner.index + inner[0].length));
  }
  return [...done, ...open];
}
