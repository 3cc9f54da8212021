import { stringify } from "yaml";
import type { Json } from "../value/types.js";

/**
 * A value as YAML that Salt reads back as it was: in the words of YAML 1.1, where `on`, `1:30` and `1_000` want quotes, and
 * with those that PyYAML alone takes for something else.
 */
export function yamlText(value: Json | object): string {
  return stringify(value, { version: "1.1", merge: false, lineWidth: 0, customTags: (tags) => [ambiguous, ...tags] });
}

/** Line breaks of YAML 1.1 that the library takes for letters: NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR. */
const lineBreaks = /[\u0085\u2028\u2029]/g;

/** `=` and `<<` are values of their own in PyYAML; the library would write them, and those line breaks, plain. */
const ambiguous = {
  tag: "tag:yaml.org,2002:str",
  identify: (value: unknown) =>
    value === "=" || value === "<<" || (typeof value === "string" && value.search(lineBreaks) >= 0),
  resolve: (text: string) => text,
  stringify: ({ value }: { value: unknown }) =>
    JSON.stringify(value).replace(
      lineBreaks,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
};
