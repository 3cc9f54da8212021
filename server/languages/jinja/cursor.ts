/** The Jinja tag or expression that a place in a template lies in. Works on half-typed text. */
export interface JinjaPlace {
  readonly kind: "statement" | "expression" | "comment";
  /** Offset behind the opening braces and their `-` or `+`. */
  readonly start: number;
}

const openers = { "{%": "statement", "{{": "expression", "{#": "comment" } as const;
const closers = { statement: "%}", expression: "}}", comment: "#}" } as const;

/**
 * Finds the tag that is open at `offset`. A tag that is never closed (somebody is typing it) ends with its line when
 * another one follows.
 */
export function jinjaAt(text: string, offset: number): JinjaPlace | undefined {
  let at = 0;
  while (at < offset) {
    const open = nextOpener(text, at);
    if (open === undefined || open + 2 > offset) return undefined;
    const kind = openers[text.slice(open, open + 2) as keyof typeof openers];
    const end = endOf(text, open + 2, kind);
    if (end === undefined || end > offset) {
      const marked = /[-+]/.test(text[open + 2] ?? "") && open + 3 <= offset;
      return { kind, start: open + (marked ? 3 : 2) };
    }
    at = end;
  }
  return undefined;
}

function nextOpener(text: string, from: number): number | undefined {
  for (let at = text.indexOf("{", from); at >= 0; at = text.indexOf("{", at + 1)) {
    if ("%{#".includes(text[at + 1] ?? " ")) return at;
  }
  return undefined;
}

/** Offset behind the closing braces; quotes and nested braces are respected. */
function endOf(text: string, from: number, kind: JinjaPlace["kind"]): number | undefined {
  const closer = closers[kind];
  if (kind === "comment") {
    const end = text.indexOf(closer, from);
    return end < 0 ? undefined : end + 2;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "'" || character === '"') {
      const end = endOfString(text, at);
      // An open quote: the tag ends where it would without it.
      if (end !== undefined) at = end;
    } else if (depth === 0 && text.startsWith(closer, at)) return at + 2;
    else if (text.startsWith("{%", at)) return at;
    else if (character === "{") depth++;
    else if (character === "}") depth = Math.max(0, depth - 1);
  }
  return undefined;
}

function endOfString(text: string, from: number): number | undefined {
  const quote = text[from];
  for (let at = from + 1; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}
