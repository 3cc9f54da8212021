import { suggest } from "../suggest.js";
import type { DefinitionKey } from "./key.js";
import { readKeys } from "./keys-read.js";
import { conventionalKeys, mistakenKeys } from "./keys-unread.js";

/** The keys that belong in a version: those that Salt reads, then those that people keep by convention. */
export const definitionKeys: readonly DefinitionKey[] = [...readKeys, ...conventionalKeys];

const byName = new Map([...definitionKeys, ...mistakenKeys].map((key) => [key.name, key]));

/** The row of a key, also of one that nobody should write. */
export function findKey(name: string): DefinitionKey | undefined {
  return byName.get(name);
}

/** The key that an unknown one was probably meant to be. */
export function suggestKey(name: string): string | undefined {
  const names = definitionKeys.map((key) => key.name);
  return findKey(name)?.meant ?? suggest(name, names);
}

/** Every row, mistaken keys last. */
export const allKeys: readonly DefinitionKey[] = [...byName.values()];

/** Keys that are seen in repositories and were never right. */
export { mistakenKeys };
