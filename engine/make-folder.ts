import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { WriteError, writeFailure } from "./replace-file.js";

/** Makes a folder and those above it. @throws WriteError */
export function makeFolder(folder: string, mode?: number): void {
  try {
    mkdirSync(folder, { recursive: true, ...(mode !== undefined && { mode }) });
  } catch (error) {
    throw new WriteError(folder, writeFailure(cause(folder, error)));
  }
}

/** Node says ENOENT for any folder that cannot be made above others; the nearest one that is there knows why. */
function cause(folder: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") return error;
  let above = path.resolve(folder);
  while (!existsSync(above) && above !== path.dirname(above)) above = path.dirname(above);
  try {
    accessSync(above, constants.W_OK);
    return error;
  } catch (refused) {
    return refused;
  }
}
