import path from "node:path";
import type { Mount } from "../../engine/render/file-server.js";
import type { OpenText } from "./documents.js";
import { uriToFile } from "./uri.js";

/** The texts that are open in the editor. What is open counts before what is on disk, saved or not. */
export class OpenTexts {
  readonly #byUri = new Map<string, OpenText>();
  readonly #byFile = new Map<string, OpenText>();

  set(text: OpenText): void {
    this.#byUri.set(text.uri, text);
    const file = uriToFile(text.uri);
    if (file !== undefined) this.#byFile.set(file, text);
  }

  delete(uri: string): void {
    this.#byUri.delete(uri);
    const file = uriToFile(uri);
    if (file !== undefined) this.#byFile.delete(file);
  }

  get(uri: string): OpenText | undefined {
    return this.#byUri.get(uri);
  }

  ofFile(file: string): OpenText | undefined {
    return this.#byFile.get(file);
  }

  /** The texts of files, as workers take them. */
  byFile(): ReadonlyMap<string, string> {
    return new Map(Array.from(this.#byFile, ([file, { text }]) => [file, text] as const));
  }

  all(): Iterable<OpenText> {
    return this.#byUri.values();
  }
}

/** The paths under which a file server shows a file. */
export function serverPathsOf(mounts: readonly Mount[], file: string): string[] {
  return mounts.flatMap(({ at, folder }) => {
    const relative = path.relative(folder, file);
    if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) return [];
    const below = relative.split(path.sep).join("/");
    return [at === "" ? below : `${at}/${below}`];
  });
}
