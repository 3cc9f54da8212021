import { readlinkSync, realpathSync } from "node:fs";
import path from "node:path";

/** Whether a path is a folder itself or lies below it, by name alone: nothing is looked at. Both absolute. */
export function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === "" || !(relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative));
}

/** As many links as systems follow in one path. */
const linkLimit = 40;

/** The real place of a path of which the last parts may not exist yet: also that of a link to what is not there. */
export function realPlace(file: string, links = 0): string {
  try {
    return realpathSync.native(file);
  } catch {
    const parent = path.dirname(file);
    if (parent === file) return file;
    const place = path.join(realPlace(parent, links), path.basename(file));
    const target = linkTarget(place);
    if (target === undefined || links >= linkLimit) return place;
    return realPlace(path.resolve(path.dirname(place), target), links + 1);
  }
}

function linkTarget(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** Whether a path stays below a folder when every link on the way is followed. */
export function isReallyBelow(folder: string, file: string): boolean {
  return isBelow(folder, file) && isBelow(realPlace(folder), realPlace(file));
}
