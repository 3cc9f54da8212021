import { noFlags, Pattern } from "../../regex/index.js";
import { compare } from "../../value/compare.js";
import { iterate, truthy } from "../../value/iterate.js";
import { escapeValue } from "../../value/markup.js";
import { repr, str } from "../../value/repr.js";
import { Slice, subscript } from "../../value/subscript.js";
import { textLength, textOf, words } from "../../value/text.js";
import { PyError, type Value } from "../../value/types.js";
import type { Budget, EvalContext } from "../runtime.js";
import { type FilterTable, filterTable, marked, python } from "./define.js";

// On our own engine, which charges the budget: a long word must not hold the rendering up.
const webAddress = new Pattern(
  "^(?:" +
    "(?:https?://|www\\.)(?:(?:[\\w%-]+\\.)+)?(?:[a-z]{2,63}|xn--[\\w%]{2,59})" +
    "|(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)" +
    "|https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\])" +
    ")(?::\\d{1,5})?(?:[/?#]\\S*)?$",
  { ...noFlags, ignoreCase: true },
);
const mailAddress = new Pattern("^\\S+@\\w[\\w.-]*\\.\\w+$", noFlags);
const scheme = new Pattern("^[\\w.+-]{2,}:/{0,2}$", noFlags);

const blank = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const space = new RegExp(`(${blank}+)`);

interface Links {
  readonly budget: Budget;
  readonly attributes: string;
  readonly shorten: (address: string) => string;
  readonly schemes: readonly string[];
}

/** A word with what stands before and behind an address in it. */
function split(word: string): { head: string; middle: string; tail: string } {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? "";
  let middle = word.slice(head.length);
  let tail = "";
  const start = tailStart(middle);
  tail = middle.slice(start);
  middle = middle.slice(0, start);
  // A closing bracket belongs to the address that opens it.
  for (const [open, close] of [
    ["(", ")"],
    ["<", ">"],
    ["&lt;", "&gt;"],
  ] as const) {
    const opened = occurrences(middle, open);
    if (opened <= occurrences(middle, close)) continue;
    for (let left = Math.min(opened, occurrences(tail, close)); left > 0; left -= 1) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return { head, middle, tail };
}

/** Where the closing brackets and full stops at the end of a word begin. */
function tailStart(word: string): number {
  let start = word.length;
  for (;;) {
    if (start > 0 && ")>.,\n".includes(word.charAt(start - 1))) start -= 1;
    else if (word.endsWith("&gt;", start)) start -= 4;
    else return start;
  }
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

function link(address: string, { attributes, shorten, schemes, budget }: Links): string {
  if (webAddress.match(address, budget)) {
    const target = /^https?:\/\//.test(address) ? address : `https://${address}`;
    return `<a href="${target}"${attributes}>${shorten(address)}</a>`;
  }
  if (address.startsWith("mailto:") && mailAddress.match(address.slice(7), budget)) {
    return `<a href="${address}">${address.slice(7)}</a>`;
  }
  if (address.includes("@") && !/^(?:www\.|@)|:/.test(address) && mailAddress.match(address, budget)) {
    return `<a href="mailto:${address}">${address}</a>`;
  }
  let result = address;
  for (const prefix of schemes) {
    if (result !== prefix && result.startsWith(prefix)) result = `<a href="${result}"${attributes}>${result}</a>`;
  }
  return result;
}

function urlize(
  context: EvalContext,
  value: Value,
  limit: Value,
  noFollow: Value,
  target: Value,
  rel: Value,
  extraSchemes: Value,
): Value {
  const relations = new Set([...words(textOf(rel) ?? ""), ...(truthy(noFollow) ? ["nofollow"] : []), "noopener"]);
  const schemes =
    extraSchemes === null ? [] : Array.from(iterate(extraSchemes), (item) => schemeOf(item, context.budget));
  const text = escapeValue(value).text;
  context.budget.step(text.length);
  context.budget.allocate(2 * text.length);
  const attributes =
    ` rel="${escapeValue([...relations].sort().join(" ")).text}"` +
    (truthy(target) ? ` target="${escapeValue(target).text}"` : "");
  const shorten = (address: string) => {
    if (limit === null || !compare(">", textLength(address), limit)) return address;
    return `${subscript(address, new Slice(null, limit, null), context.budget)}...`;
  };
  const linked = text.split(space).map((word) => {
    const { head, middle, tail } = split(word);
    return head + link(middle, { attributes, shorten, schemes, budget: context.budget }) + tail;
  });
  return marked(context, linked.join(""));
}

function schemeOf(value: Value, budget: Budget): string {
  if (!scheme.fullMatch(str(value), budget)) {
    throw new PyError("FilterArgumentError", `${repr(value)} is not a valid URI scheme prefix.`);
  }
  return str(value);
}

export const urlizeFilters: FilterTable = filterTable([
  [
    "urlize",
    "counted",
    python(
      "do_urlize(@eval_ctx, value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None)",
      urlize,
    ),
  ],
]);
