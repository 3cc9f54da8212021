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
import { keptSetups, type Reply, type Request } from "./messages.js";
import type { AnyTask } from "./tasks.js";
import type { WorkerProgram } from "./worker-program.js";

export interface WorkerHostOptions {
  /** Default: one worker for each core. */
  readonly workers?: number;
  /** What the heap of one worker may take. */
  readonly heapMegabytes?: number;
  /** How long a worker without work is kept. */
  readonly idleMs?: number;
}

interface Job {
  readonly task: AnyTask;
  readonly setup: object;
  readonly inputs: readonly unknown[];
  finish(results: readonly unknown[]): void;
  fail(error: Error): void;
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
          signal?.removeEventListener("abort", end);
          const lostOfMany = inputs.length > 1 && results.every((result) => isLost(result));
          // Which of them took the memory shows when each has a thread to itself.
          if (lostOfMany) resolve(this.#oneByOne(job, signal));
          else resolve(results);
        },
        fail: (error) => {
          signal?.removeEventListener("abort", end);
          reject(error);
        },
      };
      signal?.addEventListener("abort", end);
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

function unfinished({ inputs }: Job, reason: NotFinished["reason"]): readonly NotFinished[] {
  return inputs.map(() => new NotFinished(reason));
}

function isLost(result: unknown): boolean {
  return result instanceof NotFinished && result.reason === "memory";
}

/** Numbers for setups, so that each is sent to a thread once. */
class Setups {
  readonly #numbers = new WeakMap<object, number>();
  #last = 0;

  numberOf(setup: object): number {
    let number = this.#numbers.get(setup);
    if (number === undefined) {
      number = ++this.#last;
      this.#numbers.set(setup, number);
    }
    return number;
  }
}

/** One worker thread. */
class Thread {
  /** What it works on. */
  job: Job | undefined;
  readonly #worker: Worker;
  readonly #setups: Setups;
  readonly #idleMs: number;
  readonly #events: { free(): void; gone(): void };
  readonly #knows = new Set<number>();
  #idle: NodeJS.Timeout | undefined;
  #isEnding = false;

  constructor(worker: Worker, setups: Setups, idleMs: number, events: { free(): void; gone(): void }) {
    this.#worker = worker;
    this.#setups = setups;
    this.#idleMs = idleMs;
    this.#events = events;
    worker.on("message", (reply: Reply) => this.#answered(reply));
    worker.on("error", (error: NodeJS.ErrnoException) => this.#failed(error));
    worker.on("exit", () => this.#exited());
  }

  get isFree(): boolean {
    return this.job === undefined && !this.#isEnding;
  }

  start(job: Job): void {
    clearTimeout(this.#idle);
    this.job = job;
    // A thread without work does not keep the process alive.
    this.#worker.ref();
    const number = this.#setups.numberOf(job.setup);
    if (!this.#knows.has(number)) this.#teach(number, job.setup);
    this.#send({ task: job.task.name, using: number, inputs: job.inputs });
  }

  /** Ends the thread, whatever it does. */
  async end(reason: NotFinished["reason"]): Promise<void> {
    this.#isEnding = true;
    const { job } = this;
    this.job = undefined;
    if (job) job.finish(unfinished(job, reason));
    await this.#worker.terminate();
  }

  #teach(number: number, setup: object): void {
    const [oldest] = this.#knows;
    if (this.#knows.size === keptSetups && oldest !== undefined) this.#knows.delete(oldest);
    this.#knows.add(number);
    this.#send({ setup: number, value: setup });
  }

  #send(request: Request): void {
    this.#worker.postMessage(request);
  }

  #answered(reply: Reply): void {
    const { job } = this;
    if (!job) return;
    this.job = undefined;
    if ("error" in reply) job.fail(new Error(reply.error));
    else job.finish(reply.results.map((packed, index) => job.task.unpack(packed, job.inputs[index])));
    this.#worker.unref();
    this.#idle = setTimeout(() => void this.end("ended"), this.#idleMs).unref();
    this.#events.free();
  }

  #failed(error: NodeJS.ErrnoException): void {
    this.#isEnding = true;
    const { job } = this;
    this.job = undefined;
    if (!job) return;
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") job.finish(unfinished(job, "memory"));
    else job.fail(error);
  }

  #exited(): void {
    clearTimeout(this.#idle);
    this.#isEnding = true;
    const { job } = this;
    this.job = undefined;
    job?.fail(new Error("a rendering thread ended"));
    this.#events.gone();
  }
}
