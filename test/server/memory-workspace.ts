import path from "node:path";
import type { FileServer, Mount } from "../../engine/render/file-server.js";
import { InProcessHost } from "../../engine/render/in-process-host.js";
import type { RenderHost } from "../../engine/render/render-host.js";
import { OverlaidFileServer } from "../../engine/repo/disk-file-server.js";
import { fileToUri } from "../../server/workspace/uri.js";
import type { Clock, FileChange, Workspace } from "../../server/workspace/workspace.js";

/** Salt's file server over texts in memory. */
export function memoryFileServer(texts: ReadonlyMap<string, string>, mounts: readonly Mount[]): FileServer {
  return {
    read(serverPath) {
      for (const { at, folder } of mounts) {
        const prefix = at === "" ? "" : `${at}/`;
        const text = serverPath.startsWith(prefix)
          ? texts.get(path.join(folder, serverPath.slice(prefix.length)))
          : undefined;
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

interface Waiting {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that moves when it is told to. */
export class ManualClock implements Clock {
  #now = 0;
  #waiting: Waiting[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): { cancel(): void } {
    const waiting = { at: this.#now + delayMs, callback };
    this.#waiting.push(waiting);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
      },
    };
  }

  turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Moves on, and runs what is due on the way, in its order, each until it has nothing more to do. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (;;) {
      const [next] = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await this.settle();
    }
    this.#now = end;
  }

  /** Until nothing is under way. Work takes its turns from the event loop: some hundred are more than any test needs. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await this.turn();
  }
}

/** A workspace in memory: what is written is on disk, and the watcher tells of it. */
export class MemoryWorkspace implements Workspace {
  readonly clock = new ManualClock();
  readonly texts = new Map<string, string>();
  /** Whether the watcher tells of changes. */
  watches = true;
  #changed: ((changes: readonly FileChange[]) => void) | undefined;
  /** Holds readings of definitions back until it resolves. */
  delay: (file: string) => Promise<void> = async () => {};

  readonly files: Workspace["files"] = {
    definitions: async (folder, pause) => {
      await pause();
      return [...this.texts.keys()].filter((file) => file.startsWith(folder + path.sep) && file.endsWith(".sls"));
    },
    definition: async (file) => {
      const text = this.texts.get(file);
      await this.delay(file);
      return text;
    },
    text: (file) => this.texts.get(file),
    fileServer: (mounts) => memoryFileServer(this.texts, mounts),
  };

  renderHost: RenderHost = new InProcessHost(
    (mounts, texts = new Map<string, string>()) =>
      new OverlaidFileServer(texts, mounts, (each) => this.files.fileServer(each)),
  );

  readonly watcher: Workspace["watcher"] = {
    watch: (changed) => {
      this.#changed = changed;
    },
  };

  write(file: string, text: string): void {
    const kind = this.texts.has(file) ? "changed" : "created";
    this.texts.set(file, text);
    this.#tell(file, kind);
  }

  /** A file, or a folder with all that is in it; the watcher tells of the folder alone. */
  delete(file: string): void {
    for (const each of [...this.texts.keys()])
      if (each === file || each.startsWith(file + path.sep)) this.texts.delete(each);
    this.#tell(file, "deleted");
  }

  #tell(file: string, kind: FileChange["kind"]): void {
    if (this.watches) this.#changed?.([{ uri: fileToUri(file), kind }]);
  }
}
