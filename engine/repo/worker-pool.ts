import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Profile } from "../config/profile.js";
import type { Mount } from "../render/file-server.js";
import type { DefinitionFile } from "./discover.js";
import type { DefinitionOutcome } from "./outcome.js";

/** What a thread renders with; plain data, for it is copied there. */
export interface WorkerSetup {
  readonly profile: Profile;
  readonly saltenv: string;
  readonly renderer?: string;
  readonly mounts: readonly Mount[];
}

/** A file with what was read of it. */
export interface ReadDefinition {
  readonly file: DefinitionFile;
  readonly source: Uint8Array;
}

/** Renders batches of definitions on other threads. */
export interface WorkerPool {
  /** How many batches can be in flight before further ones only queue. */
  readonly count: number;
  /** The outcomes in order; undefined for one that cannot be handed over and must be made by the caller. */
  render(batch: readonly ReadDefinition[]): Promise<readonly (DefinitionOutcome | undefined)[]>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  busy: number;
}

/** Threads that run `render-worker`, one for each core. */
export class ThreadPool implements WorkerPool {
  private readonly threads: Thread[];
  private readonly waiting = new Map<
    number,
    { resolve(outcomes: readonly (DefinitionOutcome | undefined)[]): void; reject(error: Error): void; thread: Thread }
  >();
  private lastId = 0;

  constructor(workerFile: URL, setup: WorkerSetup) {
    this.threads = Array.from({ length: availableParallelism() }, () => {
      const thread: Thread = { worker: new Worker(workerFile, { workerData: setup }), busy: 0 };
      thread.worker.on("message", ({ id, outcomes }: { id: number; outcomes: (DefinitionOutcome | undefined)[] }) => {
        this.settle(id)?.resolve(outcomes);
      });
      thread.worker.on("error", (error) => this.fail(thread, error as Error));
      thread.worker.on("exit", () => this.fail(thread, new Error("a rendering thread ended")));
      return thread;
    });
  }

  get count(): number {
    return 2 * this.threads.length;
  }

  render(batch: readonly ReadDefinition[]): Promise<readonly (DefinitionOutcome | undefined)[]> {
    const thread = this.threads.reduce((least, each) => (each.busy < least.busy ? each : least));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, thread });
      thread.busy += 1;
      thread.worker.postMessage({ id, batch });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private settle(id: number) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting) waiting.thread.busy -= 1;
    return waiting;
  }

  private fail(thread: Thread, error: Error): void {
    for (const [id, waiting] of this.waiting) if (waiting.thread === thread) this.settle(id)?.reject(error);
  }
}
