import { fnmatch } from "../glob.js";

const shell = { caretNegates: true } as const;

/** How many patterns one with braces may stand for. */
const alternativesLimit = 256;

/**
 * Whether a path matches any of the globs: `*` and `?` within a name, `**` over any number of folders, `[a-z]`, `{a,b}`.
 * Names that begin with a dot are matched like any other. Globs stand in the project file of whatever folder somebody
 * opens, so matching takes at most pattern times path. Within a name it is Python's `fnmatch`; folders and braces are what
 * people know from .gitignore and shells, and Salt has no such globs.
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
      else if (part !== undefined) next[count] = reached[count - 1] === true && fnmatch(part, name, shell);
    }
    reached = next;
  }
  return reached[parts.length] === true;
}

/** `a{b,c{d,e}}` → `ab`, `acd`, `ace`. Braces without a comma stand for themselves. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0 && done.length + open.length <= alternativesLimit) {
    const next = open.pop() as string;
    const inner = /\{([^{},]*,[^{}]*)\}/.exec(next);
    if (!inner) done.push(next);
    else
      for (const choice of (inner[1] as string).split(",").reverse())
        open.push(next.slice(0, inner.index) + choice + next.slice(inner.index + inner[0].length));
  }
  return [...done, ...open];
}
