import { createHash } from "node:crypto";
import { constants, createReadStream, lstatSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { readRegularFile } from "../files/read-regular-file.js";
import { replaceOwnFile } from "../replace-file.js";
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
  readonly #hashFile: string;

  constructor(readonly file: string) {
    this.#part = `${file}.part`;
    this.#identityFile = `${file}.part.json`;
    this.#etagFile = `${file}.etag`;
    this.#hashFile = `${file}.sha256`;
  }

  get lockFile(): string {
    return `${this.file}.lock`;
  }

  get partFile(): string {
    return this.#part;
  }

  get isComplete(): boolean {
    return isFile(this.file);
  }

  /** The part, to be written at its end or anew; what stands there is no link to anything else. */
  openPart(isContinued: boolean): Promise<FileHandle> {
    const { O_WRONLY, O_CREAT, O_APPEND, O_TRUNC, O_NOFOLLOW = 0 } = constants;
    return open(this.#part, O_WRONLY | O_CREAT | O_NOFOLLOW | (isContinued ? O_APPEND : O_TRUNC), 0o600);
  }

  /**
   * The ETag of the whole file, as the server gave it, if the file is still the one that came: its hash was kept then, and
   * what has come into its place since is no download of ours.
   */
  async etag(): Promise<string | undefined> {
    const [etag, hash] = [text(this.#etagFile), text(this.#hashFile)];
    if (etag === undefined || hash === undefined || !this.isComplete) return undefined;
    return (await sha256(this.file)) === hash ? etag : undefined;
  }

  /** What is there of an interrupted download, and what it belongs to. */
  get partial(): PartialDownload | undefined {
    const identity = text(this.#identityFile);
    if (!identity || !isFile(this.#part)) return undefined;
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
    if (validator !== undefined) replaceOwnFile(this.#identityFile, JSON.stringify({ validator, total }));
  }

  /** Makes the part the file. Its hash and ETag follow: a kill in between leaves old ones, which costs one more download. */
  async complete(etag: string | undefined): Promise<void> {
    const hash = await sha256(this.#part);
    renameSync(this.#part, this.file);
    rmSync(this.#identityFile, { force: true });
    replaceOwnFile(this.#hashFile, hash);
    if (etag === undefined) rmSync(this.#etagFile, { force: true });
    else replaceOwnFile(this.#etagFile, etag);
  }

  /** Drops everything. */
  discard(): void {
    this.discardPart();
    for (const file of [this.file, this.#etagFile, this.#hashFile]) rmSync(file, { force: true });
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
    return readRegularFile(file, { maxBytes: 64 * 1024, followLinks: false }).toString("utf8");
  } catch {
    return undefined;
  }
}

function isFile(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
