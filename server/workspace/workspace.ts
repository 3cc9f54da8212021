import type { FileServer, Mount } from "../../engine/render/file-server.js";
import type { RenderHost } from "../../engine/render/render-host.js";

/** What a session needs of the world around it. In tests it lies in memory (test/server/memory-workspace.ts). */
export interface Workspace {
  readonly files: WorkspaceFiles;
  readonly clock: Clock;
  readonly watcher: FileWatcher;
  /** Where definitions are rendered that are not open, or that take long. */
  readonly renderHost: RenderHost;
}

/** The files that are not open in the editor, by absolute path. No method throws: what cannot be read is not there. */
export interface WorkspaceFiles {
  /**
   * The definitions below a folder, by name alone.
   * @param pause called before each folder; a StaleError that it throws ends the search
   */
  definitions(folder: string, pause: () => Promise<void>): Promise<readonly string[]>;
  /** The text of a definition; undefined for what is no UTF-8, too large to be one, or not there. */
  definition(file: string): Promise<string | undefined>;
  /** The text of a file that a finding points to. */
  text(file: string): string | undefined;
  /** Salt's file server over folders. */
  fileServer(mounts: readonly Mount[]): FileServer;
}

export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Calls back once, after `delayMs`. */
  after(delayMs: number, callback: () => void): Timer;
  /** Lets everything else that waits have its turn. */
  turn(): Promise<void>;
}

export interface Timer {
  cancel(): void;
}

/** A file or folder that is new, has changed or is gone. */
export interface FileChange {
  readonly uri: string;
  readonly kind: "created" | "changed" | "deleted";
}

export interface FileWatcher {
  /** Reports changes of files on disk from now on; an editor that cannot watch reports fewer. */
  watch(changed: (changes: readonly FileChange[]) => void): void;
}
