import { suggest } from "../suggest.js";
import { definitionKeys, findKey } from "./keys.js";

/** The key that an unknown one was probably meant to be. */
export function suggestKey(name: string): string | undefined {
  const meant = findKey(name)?.meant;
  if (meant !== undefined) return meant;
  return suggest(
    name,
    definitionKeys.map((key) => key.name),
  );
}
