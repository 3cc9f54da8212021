import type { Worker } from "node:worker_threads";
import { NotFinished } from "../render/render-host.js";
import { keptSetups, type Reply, type Request } from "./messages.js";
import type { AnyTask } from "./tasks.js";

/** Inputs of one task, on their way through a thread. */
export interface Job {
  readonly task: AnyTask;
  readonly setup: object;
  readonly inputs: readonly unknown[];
  finish(results: readonly unknown[]): void;
  fail(error: Error): void;
}

/** The results of a job that did not come to its end. */
export function unfinished({ inputs }: Job, reason: NotFinished["reason"]): readonly NotFinished[] {
  return inputs.map(() => new NotFinished(reason));
}

/** Numbers for setups, so that each is sent to a thread once. */
export class Setups {
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
export class Thread {
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
