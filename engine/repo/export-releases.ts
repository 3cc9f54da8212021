import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { makeFolder } from "../make-folder.js";
import { replaceFile } from "../replace-file.js";
import { str } from "../value/repr.js";
import { Dict } from "../value/types.js";
import { sortVersionsNewestFirst } from "../version/version.js";
import type { WinrepoData } from "./database.js";

/** What salt-winrepo-ng publishes of each package, and Renovate reads as a data source. */
export interface Releases {
  readonly releases: readonly { readonly version: string }[];
}

/** Package → its versions under any of the profiles, newest first. */
export function releasesOf(databases: readonly WinrepoData[]): Map<string, Releases> {
  const versions = new Map<string, Set<string>>();
  for (const { repo } of databases) {
    for (const [name, defined] of repo) {
      if (!(defined instanceof Dict)) continue;
      const known = versions.get(str(name)) ?? new Set();
      for (const version of defined.keys()) known.add(str(version));
      versions.set(str(name), known);
    }
  }
  return new Map(
    [...versions].map(([name, known]) => [
      name,
      { releases: sortVersionsNewestFirst(known).map((version) => ({ version })) },
    ]),
  );
}

/**
 * Writes `<package>.json` for each package. Files there of the same form that belong to no package any more are removed;
 * others are not touched.
 */
export async function writeReleases(
  folder: string,
  releases: ReadonlyMap<string, Releases>,
): Promise<{ readonly written: readonly string[]; readonly removed: readonly string[] }> {
  makeFolder(folder);
  const wanted = new Map(
    [...releases].map(([name, content]) => [`${fileName(name)}.json` as string, content] as const),
  );
  const removed: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".json") || wanted.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (!isReleases(await readFile(file, "utf8").catch(() => ""))) continue;
    await rm(file);
    removed.push(entry.name);
  }
  for (const [name, content] of wanted) await replaceFile(path.join(folder, name), `${JSON.stringify(content)}\n`);
  return { written: [...wanted.keys()], removed };
}

/** Package names are free text; what cannot stand in a file's name is written as in a URL. */
function fileName(name: string): string {
  const encoded = name.replace(/[\0-\x1f%/\\:*?"<>|]/g, (character) =>
    encodeURIComponent(character).replace("*", "%2A"),
  );
  return /^\.{0,2}$/.test(encoded) ? `%2E${encoded.slice(1)}` : encoded;
}

function isReleases(text: string): boolean {
  try {
    const content = JSON.parse(text) as Partial<Releases> | null;
    return Object.keys(content ?? {}).join() === "releases" && Array.isArray(content?.releases);
  } catch {
    return false;
  }
}
