import type { DefinitionKey } from "./key.js";
import { findKey } from "./keys.js";

/** The documentation of a key as Markdown, for hover and completion; undefined for a key that is not in the table. */
export function keyDocumentation(name: string): string | undefined {
  const key = findKey(name);
  return key && describeKey(key);
}

/** What the table says of a key, as Markdown without a heading. */
export function describeKey(key: DefinitionKey): string {
  const parts = [key.summary, factsOf(key), key.details];
  if (key.pitfalls.length > 0) parts.push(key.pitfalls.map((pitfall) => `- ${pitfall}`).join("\n"));
  if (key.example !== "") parts.push(`\`\`\`yaml\n${key.example}\n\`\`\``);
  return parts.join("\n\n");
}

function factsOf(key: DefinitionKey): string {
  const facts = [`Read by ${readersOf(key)}`];
  if (key.types.length > 0) facts.unshift(key.types.join(" or "));
  if (key.required) facts.push("required");
  if (key.default !== undefined) facts.push(`default ${defaultText(key)}`);
  if (key.since) facts.push(`since ${key.since}`);
  return `*${facts.join(" · ")}*`;
}

/** Who reads a key, in words. */
export function readersOf(key: DefinitionKey): string {
  const names = key.readBy.map((reader) =>
    reader === "repository tests" ? "the repository's tests" : `\`pkg.${reader}\``,
  );
  return names.length === 0 ? "nobody" : names.join(", ");
}

/** A key's default as it would be written. */
export function defaultText(key: DefinitionKey): string {
  if (key.default === undefined) return "";
  return key.default === ""
    ? "empty"
    : `\`${key.default === true ? "True" : key.default === false ? "False" : key.default}\``;
}
