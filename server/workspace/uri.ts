import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The file that a URI names; undefined for documents that are not on disk. */
export function uriToFile(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** `file` of `file:///a.sls`; empty for what is no URI. */
export function schemeOf(uri: string): string {
  return /^([a-z][a-z\d+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? "";
}

export function fileToUri(file: string): string {
  return pathToFileURL(file).href;
}

/** A path as findings and settings have it: relative to the project's folder, with `/`. */
export function projectPath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}
