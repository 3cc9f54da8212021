import { stringify } from "yaml";
import type { Json } from "../value/types.js";
import { hasHidden } from "../visible.js";

/**
 * A value as YAML that Salt reads back as it was: in the words of YAML 1.1, where `on`, `1:30` and `1_000` want quotes, and
 * with those that PyYAML alone takes for something else.
 */
export function yamlText(value: Json | object): string {
  return stringify(value, { version: "1.1", merge: false, lineWidth: 0, customTags: (tags) => [quoted, ...tags] });
}

/**
 * What PyYAML's reader refuses, and what it reads as a line break or a byte order mark: control characters, DEL and C1 with
 * NEL, LINE and PARAGRAPH SEPARATOR, U+FEFF, U+FFFE and U+FFFF, and halves of surrogate pairs. The library writes them plain.
 */
const unreadable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/u;

/** The same, what is hidden from the eye, and the beginning of what a CI service would obey. */
const escapes =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]|#(?=#\[|#vso\[)/giu;

/** Lines that begin or end with blanks: in a block, indentation and the end of the text hang on them. */
const blankAtLineEdge = /^[ \t\n]|[ \t]\n|\n[ \t]|[ \t\n]$/;

function wantsQuotes(text: string): boolean {
  return (
    text === "=" ||
    text === "<<" ||
    unreadable.test(text) ||
    hasHidden(text) ||
    (text.includes("\n") && blankAtLineEdge.test(text))
  );
}

/** Texts between double quotes, all that is not printable as `\uXXXX`, which JSON and YAML 1.1 spell alike. */
const quoted = {
  tag: "tag:yaml.org,2002:str",
  identify: (value: unknown) => typeof value === "string" && wantsQuotes(value),
  resolve: (text: string) => text,
  stringify: ({ value }: { value: unknown }) =>
    JSON.stringify(value).replace(
      escapes,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
};
