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

/** Renders on other cores. */
export interface Lanes {
  /** How many batches can be under way before more of them only wait. */
  readonly count: number;
  /** The outcomes in order; undefined for one that cannot be handed over and must be made by the caller. */
  render(batch: readonly ReadDefinition[]): Promise<readonly (DefinitionOutcome | undefined)[]>;
  close(): Promise<void>;
}

interface Lane {
  readonly worker: Worker;
  busy: number;
}

/** Threads that run `render-worker`, one for each core. */
export class WorkerLanes implements Lanes {
  private readonly lanes: Lane[];
  private readonly waiting = new Map<
    number,
    { resolve(outcomes: readonly (DefinitionOutcome | undefined)[]): void; reject(error: Error): void; lane: Lane }
  >();
  private lastId = 0;

  constructor(workerFile: URL, setup: WorkerSetup) {
    this.lanes = Array.from({ length: availableParallelism() }, () => {
      const lane: Lane = { worker: new Worker(workerFile, { workerData: setup }), busy: 0 };
      lane.worker.on("message", ({ id, outcomes }: { id: number; outcomes: (DefinitionOutcome | undefined)[] }) => {
        this.settle(id)?.resolve(outcomes);
      });
      lane.worker.on("error", (error) => this.fail(lane, error as Error));
      lane.worker.on("exit", () => this.fail(lane, new Error("a rendering thread ended")));
      return lane;
    });
  }

  get count(): number {
    return 2 * this.lanes.length;
  }

  render(batch: readonly ReadDefinition[]): Promise<readonly (DefinitionOutcome | undefined)[]> {
    const lane = this.lanes.reduce((least, each) => (each.busy < least.busy ? each : least));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, lane });
      lane.busy += 1;
      lane.worker.postMessage({ id, batch });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map(({ worker }) => worker.terminate()));
  }

  private settle(id: number) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting) waiting.lane.busy -= 1;
    return waiting;
  }

  private fail(lane: Lane, error: Error): void {
    for (const [id, waiting] of this.waiting) if (waiting.lane === lane) this.settle(id)?.reject(error);
  }
}
