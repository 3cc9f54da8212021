import path from "node:path";
import type { FileServer, Mount } from "../../engine/render/file-server.js";
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

  all(): Iterable<OpenText> {
    return this.#byUri.values();
  }
}

/** A file server that shows open texts in the place of their files. */
export class OpenFileServer implements FileServer {
  readonly #texts: OpenTexts;
  readonly #mounts: readonly { readonly mount: Mount; readonly onDisk: FileServer }[];

  /** @param onDisk makes the file server of the saved files */
  constructor(texts: OpenTexts, mounts: readonly Mount[], onDisk: (mounts: readonly Mount[]) => FileServer) {
    this.#texts = texts;
    this.#mounts = mounts.map((mount) => ({ mount, onDisk: onDisk([mount]) }));
  }

  read(serverPath: string): string | undefined {
    for (const { mount, onDisk } of this.#mounts) {
      const file = fileAt(mount, serverPath);
      const text = (file === undefined ? undefined : this.#texts.ofFile(file)?.text) ?? onDisk.read(serverPath);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

/** Where a path of the file server would lie below a mount. */
export function fileAt({ at, folder }: Mount, serverPath: string): string | undefined {
  const prefix = at === "" ? "" : `${at}/`;
  return serverPath.startsWith(prefix) ? path.join(folder, serverPath.slice(prefix.length)) : undefined;
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
