import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Profile } from "../config/profile.js";
import {
  NotFinished,
  type RenderDocument,
  type RenderHost,
  type RenderSettings,
  type RenderTask,
} from "../render/render-host.js";
import { renderTask } from "../render/render-task.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { Endings } from "./endings.js";
import type { AnyTask } from "./tasks.js";
import { type Job, Setups, Thread, unfinished } from "./thread.js";
import type { WorkerProgram } from "./worker-program.js";

export interface WorkerHostOptions {
  /** Default: one worker for each core. */
  readonly workers?: number;
  /** What the heap of one worker may take. */
  readonly heapMegabytes?: number;
  /** How long a worker without work is kept. */
  readonly idleMs?: number;
}

/**
 * Renders in worker threads, which are started when there is work for them and end when there has been none for a
 * while. A thread does one job at a time, so that a job is ended by ending its thread.
 */
export class WorkerHost implements RenderHost {
  readonly #program: WorkerProgram;
  readonly #options: Required<WorkerHostOptions>;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];
  readonly #setups = new Setups();
  readonly #endings = new Endings();

  constructor(program: WorkerProgram, options: WorkerHostOptions = {}) {
    this.#program = program;
    this.#options = { workers: availableParallelism(), heapMegabytes: 1024, idleMs: 5000, ...options };
  }

  get width(): number {
    return 2 * this.#options.workers;
  }

  /** How many threads there are at the moment. */
  get threadCount(): number {
    return this.#threads.size;
  }

  async render(
    document: RenderDocument,
    profile: Profile,
    settings: RenderSettings,
    signal?: AbortSignal,
  ): Promise<RenderedDefinition | NotFinished> {
    const [result] = await this.run(renderTask, { profile, settings }, [document], signal);
    return result as RenderedDefinition | NotFinished;
  }

  run<Setup extends object, Input, Result>(
    task: RenderTask<Setup, Input, Result>,
    setup: Setup,
    inputs: readonly Input[],
    signal?: AbortSignal,
  ): Promise<readonly (Result | NotFinished)[]> {
    return this.#submit(task as unknown as AnyTask, setup, inputs, signal) as Promise<(Result | NotFinished)[]>;
  }

  async close(): Promise<void> {
    for (const job of this.#queue.splice(0)) job.finish(unfinished(job, "ended"));
    await Promise.all([...this.#threads].map((thread) => thread.end("ended")));
  }

  #submit(task: AnyTask, setup: object, inputs: readonly unknown[], signal?: AbortSignal): Promise<readonly unknown[]> {
    if (inputs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const end = () => {
        const index = this.#queue.indexOf(job);
        if (index >= 0) {
          this.#queue.splice(index, 1);
          job.finish(unfinished(job, "ended"));
        } else for (const thread of this.#threads) if (thread.job === job) void thread.end("ended");
      };
      const job: Job = {
        task,
        setup,
        inputs,
        finish: (results) => {
          forget?.();
          const lostOfMany = inputs.length > 1 && results.every((result) => isLost(result));
          // Which of them took the memory shows when each has a thread to itself.
          if (lostOfMany) resolve(this.#oneByOne(job, signal));
          else resolve(results);
        },
        fail: (error) => {
          forget?.();
          reject(error);
        },
      };
      const forget = signal && this.#endings.add(signal, end);
      if (signal?.aborted) job.finish(unfinished(job, "ended"));
      else {
        this.#queue.push(job);
        this.#serve();
      }
    });
  }

  async #oneByOne({ task, setup, inputs }: Job, signal: AbortSignal | undefined): Promise<readonly unknown[]> {
    const results: unknown[] = [];
    for (const input of inputs) results.push(...(await this.#submit(task, setup, [input], signal)));
    return results;
  }

  /** Gives waiting jobs to threads that are free, and to new ones as far as there may be more. */
  #serve(): void {
    while (this.#queue.length > 0) {
      const thread = [...this.#threads].find(({ isFree }) => isFree) ?? this.#start();
      if (!thread) return;
      thread.start(this.#queue.shift() as Job);
    }
  }

  #start(): Thread | undefined {
    if (this.#threads.size >= this.#options.workers) return undefined;
    const { heapMegabytes, idleMs } = this.#options;
    const thread = new Thread(startWorker(this.#program, heapMegabytes), this.#setups, idleMs, {
      free: () => this.#serve(),
      gone: () => {
        this.#threads.delete(thread);
        this.#serve();
      },
    });
    this.#threads.add(thread);
    return thread;
  }
}

function startWorker(program: WorkerProgram, heapMegabytes: number): Worker {
  const options = { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } };
  return "file" in program ? new Worker(program.file, options) : new Worker(program.text, { ...options, eval: true });
}

function isLost(result: unknown): boolean {
  return result instanceof NotFinished && result.reason === "memory";
}
