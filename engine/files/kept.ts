import path from "node:path";
import { type KeptFolders, ownFolder } from "../own-folder.js";
import { isBelow } from "./inside.js";

/**
 * Whether something that was found below a folder belongs to what Winrepo keeps, and not to the repository.
 * @param relative below `folder`, with the separators of this machine or `/`
 */
export function isKept(folder: string, relative: string, kept: KeptFolders): boolean {
  if (relative.split(/[\\/]/).includes(ownFolder)) return true;
  const file = path.join(folder, relative);
  return kept.some((each) => isBelow(each, file));
}
