import { distance } from "fastest-levenshtein";
import { str } from "../../value/repr.js";
import type { InstalledEntry } from "../installed-software.js";
import type { VersionDefinition } from "../plan/definition.js";

/** How what an installer left in the registry fits its definition. */
export type EntryMatch =
  /** Name and version are as defined. */
  | { readonly kind: "fits"; readonly entry: InstalledEntry }
  /** The name is as defined, the version is not. */
  | { readonly kind: "version"; readonly entry: InstalledEntry }
  /** Something appeared, under another name. `others` is what appeared beside it. */
  | { readonly kind: "name"; readonly entry: InstalledEntry; readonly others: readonly InstalledEntry[] }
  /** Nothing of that name is there and nothing appeared. */
  | { readonly kind: "nothing" };

/** Compares what is installed now, and what of it is new, with a definition. */
export function matchEntry(
  definition: VersionDefinition,
  now: readonly InstalledEntry[],
  appeared: readonly InstalledEntry[],
): EntryMatch {
  const fullName = fullNameOf(definition);
  const own = now.filter(({ name }) => name === fullName);
  const exact = own.find(({ version }) => matchesVersion(definition, version));
  if (exact) return { kind: "fits", entry: exact };
  const fresh = appeared.find(({ name }) => name === fullName);
  if (fresh) return { kind: "version", entry: fresh };
  const [best, ...others] = bySimilarity(definition, appeared);
  if (best) return { kind: "name", entry: best, others };
  return { kind: "nothing" };
}

export function fullNameOf(definition: VersionDefinition): string {
  const name = definition.get("full_name");
  return name === undefined ? "" : str(name);
}

/** Software that states no version takes the definition's; `latest` takes any. */
function matchesVersion({ version }: VersionDefinition, installed: string): boolean {
  return version === "latest" || installed === version || installed === "Not Found";
}

/** The most likely entry for the package first: one with the right version, then the one with the most similar name. */
function bySimilarity(definition: VersionDefinition, entries: readonly InstalledEntry[]): InstalledEntry[] {
  const wanted = fullNameOf(definition).toLowerCase();
  const score = ({ name, version }: InstalledEntry) =>
    (version === definition.version ? 0 : 1000) + distance(wanted, name.toLowerCase());
  return [...entries].sort((a, b) => score(a) - score(b));
}
