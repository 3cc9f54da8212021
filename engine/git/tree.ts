import { GitError } from "./git-error.js";

/** An entry of git's listing of a folder. */
export interface TreeEntry {
  readonly name: string;
  readonly oid: string;
  /** As in {@link TreeFile}, and `40000` for a folder. */
  readonly mode: string;
}

export const folderMode = "40000";

/** Entry after entry: mode, blank, name, NUL, 20 bytes of object id. */
export function treeEntries(listing: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < listing.length; ) {
    const blank = listing.indexOf(0x20, at);
    const end = listing.indexOf(0, at);
    if (blank < 0 || end < blank || end + 21 > listing.length) throw new GitError("the commit has a damaged folder");
    entries.push({
      mode: listing.toString("latin1", at, blank).replace(/^0/, ""),
      name: listing.toString("utf8", blank + 1, end),
      oid: listing.toString("hex", end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}
