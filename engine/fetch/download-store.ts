import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { withoutSecrets } from "../secrets.js";
import { splitUrl } from "./url.js";

/** What identifies the content that a partial download belongs to: only of the very same can the rest be fetched. */
export interface PartIdentity {
  /** A strong ETag, a modification time, a size: whatever the server gives. */
  readonly validator: string;
  /** Bytes of the whole, where the server said so. */
  readonly total?: number;
}

/** What is there of an interrupted download. */
export interface PartialDownload extends PartIdentity {
  readonly size: number;
}

/** Where one download lies on this machine. Nothing but whole files ever stands at `file`. */
export class DownloadFile {
  readonly #part: string;
  readonly #identityFile: string;
  readonly #etagFile: string;

  constructor(readonly file: string) {
    this.#part = `${file}.part`;
    this.#identityFile = `${file}.part.json`;
    this.#etagFile = `${file}.etag`;
  }

  get lockFile(): string {
    return `${this.file}.lock`;
  }

  get partFile(): string {
    return this.#part;
  }

  get isComplete(): boolean {
    return existsSync(this.file);
  }

  /** The ETag of the whole file, as the server gave it. */
  get etag(): string | undefined {
    return this.isComplete ? text(this.#etagFile) : undefined;
  }

  /** What is there of an interrupted download, and what it belongs to. */
  get partial(): PartialDownload | undefined {
    const identity = text(this.#identityFile);
    if (!identity || !existsSync(this.#part)) return undefined;
    try {
      const { validator, total } = JSON.parse(identity) as PartIdentity;
      const { size } = statSync(this.#part);
      if (typeof validator !== "string" || size === 0) return undefined;
      return { size, validator, ...(typeof total === "number" && { total }) };
    } catch {
      return undefined;
    }
  }

  /** Begins a new download. Without a validator it cannot be resumed. */
  begin(validator: string | undefined, total: number | undefined): void {
    this.discardPart();
    mkdirSync(path.dirname(this.file), { recursive: true });
    if (validator !== undefined) writeFileAtomic.sync(this.#identityFile, JSON.stringify({ validator, total }));
  }

  /** Makes the part the file. The ETag follows: a kill in between leaves an old ETag, which costs one more download. */
  complete(etag: string | undefined): void {
    renameSync(this.#part, this.file);
    rmSync(this.#identityFile, { force: true });
    if (etag === undefined) rmSync(this.#etagFile, { force: true });
    else writeFileAtomic.sync(this.#etagFile, etag);
  }

  /** Drops everything. */
  discard(): void {
    this.discardPart();
    rmSync(this.file, { force: true });
    rmSync(this.#etagFile, { force: true });
  }

  discardPart(): void {
    rmSync(this.#part, { force: true });
    rmSync(this.#identityFile, { force: true });
  }
}

/** The file of a URL's download in a folder. It keeps the URL's file name, so that people recognise it. */
export function downloadFileFor(folder: string, url: string): DownloadFile {
  const digest = createHash("sha256").update(url).digest("hex").slice(0, 16);
  const { path: urlPath } = splitUrl(withoutSecrets(url));
  const name = urlPath
    .slice(urlPath.lastIndexOf("/") + 1)
    .replace(/[^\w.+-]/g, "_")
    .slice(-100);
  return new DownloadFile(path.join(folder, digest, /^[._]*$/.test(name) ? "download" : name));
}

function text(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
