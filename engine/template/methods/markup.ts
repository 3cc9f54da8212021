import { iterate } from "../../value/iterate.js";
import { escapeValue, Markup } from "../../value/markup.js";
import { Tuple, type Value } from "../../value/types.js";
import type { Metered } from "../cost.js";
import { stripTags, unescapeHtml } from "../html.js";
import { type Method, type MethodEntry, type MethodTable, methodTable, none, one } from "./define.js";
import { strCase } from "./str-case.js";
import { formatMapMethod, formatMethod } from "./str-format.js";
import { joinTexts, strSearch } from "./str-search.js";
import { strStrip } from "./str-strip.js";
import { strTranslate } from "./str-translate.js";

// Markup has the methods of str; what they answer is Markup again, and texts put into it are escaped.

/** Methods whose second argument becomes part of the result. */
const inserting = new Set(["replace", "ljust", "rjust", "center"]);

function wrapped(value: Value): Value {
  if (typeof value === "string") return new Markup(value);
  if (Array.isArray(value)) return value.map(wrapped);
  return value instanceof Tuple ? new Tuple(value.items.map(wrapped)) : value;
}

function lifted([name, { cost, call }]: readonly [string, Metered<Method<string>>]): MethodEntry<Markup> {
  return [
    name,
    cost,
    (self, args, context, kwargs) => {
      const values = inserting.has(name)
        ? args.map((value, index) => (index === 1 ? escapeValue(value) : value))
        : args;
      const result = call(self.text, values, context, kwargs);
      return name === "encode" ? result : wrapped(result);
    },
  ];
}

export const markupMethods: MethodTable<Markup> = methodTable([
  ...[...strSearch, ...strStrip, ...strCase, ...strTranslate].map(lifted),
  ["format", "counted", formatMethod],
  ["format_map", "counted", formatMapMethod],
  [
    "join",
    "counted",
    one("Markup.join", (self, items, context) => {
      const texts = Array.from(iterate(items), (item) => escapeValue(item).text);
      return new Markup(joinTexts(self.text, texts, context));
    }),
  ],
  ["unescape", "linear", none("Markup.unescape", ({ text }) => unescapeHtml(text))],
  ["striptags", "counted", none("Markup.striptags", ({ text }) => stripTags(text))],
]);
