import { masked, withoutSecrets } from "./secrets.js";

/** Characters that move the cursor, colour, end lines or turn the reading direction round; `\r\n` is a line's end. */
const hidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|\r(?!\n)/g;

/** What a CI service would take from our output as its own command: `::error …::`, `##[add-mask]`, `##vso[…]`. */
const lineCommand = /^([^\S\r\n]*):(?=:[a-z])/gim;
const commandAnywhere = /##(?=\[|vso\[)/gi;

/**
 * A text that somebody else had a part in, for a terminal, a log or a page: without secrets, with control characters that
 * can be seen (`\u001b`), and with a blank in what would be a command to the CI service that shows it.
 */
export function visible(text: string): string {
  return withoutSecrets(text).replace(hidden, escaped).replace(lineCommand, "$1: ").replace(commandAnywhere, "# #");
}

/** The same in all texts of a value. */
export function visibleIn<T>(value: T): T {
  return masked(value, visible) as T;
}

/** A value as JSON, without secrets. What a terminal or a CI service could act upon is escaped, so nothing is lost. */
export function visibleJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(masked(value, withoutSecrets), null, indent) ?? "null";
  return text.replace(hidden, escaped).replace(commandAnywhere, "\\u0023#");
}

/** Whether a text can be written plain into YAML that is shown. */
export function hasHidden(text: string): boolean {
  return text.search(hidden) >= 0 || text.search(lineCommand) >= 0 || text.search(commandAnywhere) >= 0;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
