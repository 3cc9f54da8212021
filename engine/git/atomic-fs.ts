import { promises as fs } from "node:fs";
import path from "node:path";

/** The file system as isomorphic-git wants it. */
export interface GitFileSystem {
  readonly promises: typeof fs;
}

/** In the `.git` folder. */
export const temporaryFolderName = "winrepo-tmp";
let counter = 0;

/**
 * A file system in which every file is written aside and moved into place: whenever we are killed, refs, index, packs and
 * definitions are the old or the new ones, whole. Not by `replaceFile`: nothing may lie aside in a working tree, where git
 * and Salt would find it. What a killed run left aside is cleared away first.
 * @param gitFolder the `.git` folder; files are written aside inside it
 */
export async function atomicFileSystem(gitFolder: string): Promise<GitFileSystem> {
  const aside = path.join(gitFolder, temporaryFolderName);
  await fs.rm(aside, { recursive: true, force: true });
  await fs.mkdir(aside, { recursive: true });
  const writeFile: typeof fs.writeFile = async (file, data, options) => {
    if (typeof file !== "string") throw new TypeError("files are named by their paths");
    counter += 1;
    const temporary = path.join(aside, `${process.pid}-${counter}`);
    await fs.writeFile(temporary, data, options);
    try {
      await fs.rename(temporary, file);
    } catch (error) {
      await fs.rm(temporary, { force: true });
      throw error;
    }
  };
  return { promises: { ...fs, writeFile } };
}
