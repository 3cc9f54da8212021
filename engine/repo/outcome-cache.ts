import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { makeFolder } from "../make-folder.js";
import type { FileServer } from "../render/file-server.js";
import { replaceFile } from "../replace-file.js";
import type { DefinitionOutcome } from "./outcome.js";

/** What is known of a file's content without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: number;
}

interface Entry {
  readonly stamp: FileStamp;
  /** When the content was last looked at. */
  readonly readMs: number;
  readonly digest: string;
  /** The imported templates' digests; an empty text for one that was not there. */
  readonly imports: readonly (readonly [path: string, digest: string])[];
  readonly outcome: DefinitionOutcome;
}

/** A file that changed this shortly before it was read may have changed again without a new time stamp. */
const stampGranularityMs = 2_000;
const format = 2;

/**
 * Outcomes of earlier runs of one repository under one profile. An outcome holds as long as the file's content and all
 * that it imported are the same; the profile and our own version are part of the key. Damage only costs time: what
 * cannot be read is rendered again.
 */
export class OutcomeCache {
  #entries = new Map<string, Entry>();
  #changed = false;
  readonly #key: string;

  /** @param key whatever else decides an outcome: profile, options, version, root */
  constructor(key: string) {
    this.#key = key;
  }

  /** The outcome for a file whose stamp proves that it was not touched, with nothing read but its imports. */
  byStamp(file: string, stamp: FileStamp, importDigest: (path: string) => string): DefinitionOutcome | undefined {
    const entry = this.#entries.get(file);
    if (!entry || entry.stamp.modifiedMs > entry.readMs - stampGranularityMs) return undefined;
    const { size, modifiedMs, inode } = entry.stamp;
    if (size !== stamp.size || modifiedMs !== stamp.modifiedMs || inode !== stamp.inode) return undefined;
    return importsHold(entry, importDigest) ? entry.outcome : undefined;
  }

  /** The outcome for a file with this content. */
  byContent(
    file: string,
    stamp: FileStamp,
    digest: string,
    importDigest: (path: string) => string,
  ): DefinitionOutcome | undefined {
    const entry = this.#entries.get(file);
    if (!entry || entry.digest !== digest || !importsHold(entry, importDigest)) return undefined;
    this.#entries.set(file, { ...entry, stamp, readMs: Date.now() });
    this.#changed = true;
    return entry.outcome;
  }

  remember(
    file: string,
    stamp: FileStamp,
    digest: string,
    outcome: DefinitionOutcome,
    importDigest: (path: string) => string,
  ): void {
    this.#changed = true;
    // What a limit of ours ended may go further with the next version, or on another day: it is never kept.
    if (!outcome.portable || outcome.undecided === "limit") {
      this.#entries.delete(file);
      return;
    }
    const imports = outcome.imports.map((name) => [name, importDigest(name)] as const);
    this.#entries.set(file, { stamp, readMs: Date.now(), digest, imports, outcome });
  }

  /** Forgets files that are gone. */
  keepOnly(files: ReadonlySet<string>): void {
    for (const file of this.#entries.keys()) {
      if (files.has(file)) continue;
      this.#entries.delete(file);
      this.#changed = true;
    }
  }

  static async load(file: string, key: string): Promise<OutcomeCache> {
    const cache = new OutcomeCache(key);
    try {
      const stored = deserialize(await readFile(file)) as { format: number; key: string; entries: Map<string, Entry> };
      if (stored.format === format && stored.key === key && stored.entries instanceof Map)
        cache.#entries = stored.entries;
    } catch {
      // None yet, or not readable: start afresh.
    }
    return cache;
  }

  async save(file: string): Promise<void> {
    if (!this.#changed) return;
    makeFolder(path.dirname(file));
    // Lost at a power cut it only costs time.
    await replaceFile(file, serialize({ format, key: this.#key, entries: this.#entries }), {
      fsync: false,
      follow: false,
    });
    this.#changed = false;
  }
}

function importsHold(entry: Entry, importDigest: (path: string) => string): boolean {
  return entry.imports.every(([name, digest]) => importDigest(name) === digest);
}

export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("base64");
}

/** Digests of templates on the file server, each read once per run. */
export function importDigests(fileServer: FileServer | undefined): (path: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let digest = known.get(name);
    if (digest === undefined) {
      const text = fileServer?.read(name);
      digest = text === undefined ? "" : digestOf(text);
      known.set(name, digest);
    }
    return digest;
  };
}
