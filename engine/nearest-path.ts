import { suggest } from "./suggest.js";

/** What a folder holds, by name. */
export type Entries = ReadonlyMap<string, "file" | "folder">;

/** The entries of a folder, named with `/` from a root; undefined when there is no such folder. */
export type ListFolder = (folder: string) => Entries | undefined;

export function isFileAt(path: string, list: ListFolder): boolean {
  const parts = path.split("/");
  return list(parts.slice(0, -1).join("/"))?.get(parts.at(-1) ?? "") === "file";
}

/** Deeper paths are not looked for. */
const mostParts = 40;
/** How many parts may be other than written. */
const mostEdits = 3;

/**
 * The file that a path probably means that leads to none: with other letters, with `%20` for a blank, or with or without the
 * folder `_` that git checkouts have.
 */
export function nearestPath(path: string, list: ListFolder): string | undefined {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length > mostParts ? undefined : find("", parts, mostEdits, list);
}

function find(folder: string, parts: readonly string[], edits: number, list: ListFolder): string | undefined {
  const entries = list(folder);
  const [part, ...rest] = parts;
  if (!entries || part === undefined || edits < 0) return undefined;
  const wanted = rest.length === 0 ? "file" : "folder";
  for (const name of namesLike(part, wanted, entries)) {
    const place = below(folder, name);
    const found = rest.length === 0 ? place : find(place, rest, edits - (name === part ? 0 : 1), list);
    if (found !== undefined) return found;
  }
  const withLevel = entries.get("_") === "folder" ? find(below(folder, "_"), parts, edits - 1, list) : undefined;
  return withLevel ?? (part === "_" ? find(folder, rest, edits - 1, list) : undefined);
}

function namesLike(part: string, kind: "file" | "folder", entries: Entries): string[] {
  // A definition is no installer, however near its name is.
  const names = [...entries].flatMap(([name, each]) => (each === kind && !name.endsWith(".sls") ? [name] : []));
  const plain = decoded(part).trim().toLowerCase();
  const alike = names.filter((name) => name === part || name.toLowerCase() === plain);
  const near = suggest(part, names);
  return [...new Set([...alike.sort((a, b) => Number(b === part) - Number(a === part)), ...(near ? [near] : [])])];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function below(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
