/** One key of a text that looks like YAML, with how deep it lies. */
export interface OutlineKey {
  readonly name: string;
  /** 0 for a key at the top; list items and braces count. */
  readonly depth: number;
  /** The text behind the colon, comments left out. */
  readonly value: string;
  /** From 0. */
  readonly line: number;
  /** Whether it stands in a list. */
  readonly inList: boolean;
}

/** An item of a list: `- text`. */
export interface OutlineItem {
  readonly text: string;
  /** Of the keys around it. */
  readonly depth: number;
  readonly line: number;
}

export interface Outline {
  readonly keys: readonly OutlineKey[];
  readonly items: readonly OutlineItem[];
}

const quoted = `"(?:[^"\\\\\\n]|\\\\.){0,200}"|'[^'\\n]{0,200}'`;
const blockKey = new RegExp(
  `^(${quoted}|[^\\s'"{[#&*!|>%@,-][^:\\n]{0,200}?|-[^\\s:][^:\\n]{0,200}?)[ \\t]*:(?:[ \\t]+(.*)|)$`,
);
const flowKey = new RegExp(`[{,]\\s*(${quoted}|[\\w.*-]{1,200})\\s*:\\s*(?=([^,}]{0,200}))`, "g");

/** `pkg.installed` without a colon: the short form of a state. */
const functionAlone = /^[a-z_]\w*\.[a-z_]\w*$/;

/**
 * The keys of a source as its indentation tells them, without rendering it: what a file is shows before Jinja has run, and
 * also when it cannot run.
 * @param uncommented take commented lines as if they were not
 */
export function outline(source: string, uncommented = false): Outline {
  const keys: OutlineKey[] = [];
  const items: OutlineItem[] = [];
  /** The indentation of each level that is open. */
  const open: { readonly indent: number; readonly list: boolean }[] = [];
  for (const [line, text] of withoutJinja(source).split(/\r?\n/).entries()) {
    let rest = (uncommented ? text.replace(/^([ \t]*)#+/, "$1 ") : text.replace(/^[ \t]*#.*/, ""))
      .replace(/[ \t]#.*/, "")
      .trimEnd();
    let indent = rest.length - rest.trimStart().length;
    rest = rest.trimStart();
    if (rest === "" || rest === "---") continue;
    const close = (isItem: boolean) => {
      // A list may stand at the same indentation as the key that it belongs to.
      while (open.length > 0) {
        const last = open.at(-1) as (typeof open)[number];
        if (last.indent > indent || (last.indent === indent && (last.list || !isItem))) open.pop();
        else break;
      }
    };
    const wasItem = /^-(?:[ \t]|$)/.test(rest);
    while (/^-(?:[ \t]|$)/.test(rest)) {
      close(true);
      const after = rest.slice(1);
      const inner = after.trimStart();
      items.push({ text: inner, depth: open.length, line });
      // Nothing lies below an item that is a plain text.
      if (inner === "" || inner.startsWith("-") || blockKey.test(inner)) open.push({ indent, list: true });
      indent += 1 + after.length - inner.length;
      rest = inner;
    }
    const found = blockKey.exec(rest);
    const isCall = !wasItem && functionAlone.test(rest);
    if (found || isCall) close(false);
    // The body of a macro or a loop: what it belongs to stands where it is called.
    if (open.length === 0 && indent > 0) open.push({ indent: 0, list: false });
    const depth = open.length;
    const inList = open.some(({ list }) => list);
    if (found) {
      keys.push({ name: unquoted(found[1] as string), depth, value: found[2] ?? "", line, inList });
      open.push({ indent, list: false });
    }
    if (isCall) keys.push({ name: rest, depth, value: "", line, inList });
    const flow = found ? (found[2] ?? "") : rest;
    let braces = 0;
    let counted = 0;
    for (const inside of flow.matchAll(flowKey)) {
      for (; counted <= inside.index; counted++) {
        if (flow[counted] === "{") braces += 1;
        else if (flow[counted] === "}") braces -= 1;
      }
      const name = unquoted(inside[1] as string);
      keys.push({ name, depth: open.length + braces - 1, value: inside[2] ?? "", line, inList });
    }
  }
  return { keys, items };
}

function unquoted(name: string): string {
  return /^['"]/.test(name) ? name.slice(1, -1) : name.trim();
}

/** Tags and comments go; what is printed leaves a word, so that a key stays a key. Lines stay lines. */
function withoutJinja(source: string): string {
  let text = "";
  let at = 0;
  const missing = new Set<string>();
  while (at < source.length) {
    const start = source.indexOf("{", at);
    const kind = start < 0 ? undefined : source[start + 1];
    if (start < 0) return text + source.slice(at);
    if (kind !== "%" && kind !== "#" && kind !== "{") {
      text += source.slice(at, start + 1);
      at = start + 1;
      continue;
    }
    const endMark = kind === "{" ? "}}" : `${kind}}`;
    const end = missing.has(endMark) ? -1 : source.indexOf(endMark, start + 2);
    // `{{` may also open two mappings; without an end it is text.
    if (end < 0) {
      missing.add(endMark);
      text += source.slice(at, start + 2);
      at = start + 2;
      continue;
    }
    const lines = source.slice(start, end).replace(/[^\n]/g, "");
    text += source.slice(at, start) + (kind === "{" ? "_" : "") + lines;
    at = end + 2;
  }
  return text;
}
