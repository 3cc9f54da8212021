import { NotFinished } from "../render/render-host.js";
import { memoryLimitReason } from "../render/rendered.js";
import type { DefinitionFile } from "./discover.js";
import { type DefinitionOutcome, limitedOutcome } from "./outcome.js";
import type { RepositoryRenderer } from "./repository-renderer.js";

/** So many files are rendered by one call: the way to a worker and back costs more than a small file. */
const batchSize = 40;

interface Waiting<Content> {
  readonly file: DefinitionFile;
  readonly content: Content;
}

/** Renders files in batches, as many at a time as the renderer takes. */
export class RenderQueue<Content extends { readonly source: Uint8Array }> {
  #batch: Waiting<Content>[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  readonly #renderer: RepositoryRenderer;
  readonly #done: (file: DefinitionFile, content: Content, outcome: DefinitionOutcome) => void;
  readonly #signal: AbortSignal | undefined;

  constructor(
    renderer: RepositoryRenderer,
    done: (file: DefinitionFile, content: Content, outcome: DefinitionOutcome) => void,
    signal?: AbortSignal,
  ) {
    this.#renderer = renderer;
    this.#done = done;
    this.#signal = signal;
  }

  /** Takes one file. Waits when the renderer has enough to do. */
  async add(file: DefinitionFile, content: Content): Promise<void> {
    this.#batch.push({ file, content });
    if (this.#batch.length < batchSize) return;
    this.#send();
    if (this.#inFlight.size >= this.#renderer.width) await Promise.race(this.#inFlight);
  }

  /** Renders what still waits. */
  async finish(): Promise<void> {
    if (this.#batch.length > 0) this.#send();
    await Promise.all(this.#inFlight);
  }

  #send(): void {
    const batch = this.#batch;
    this.#batch = [];
    const work = this.#render(batch).finally(() => this.#inFlight.delete(work));
    // A failure is met where the queue is waited for.
    work.catch(() => undefined);
    this.#inFlight.add(work);
  }

  async #render(batch: readonly Waiting<Content>[]): Promise<void> {
    const files = batch.map(({ file, content }) => ({ file, source: content.source }));
    const results = await this.#renderer.outcomes(files, this.#signal);
    this.#signal?.throwIfAborted();
    for (const [index, { file, content }] of batch.entries()) {
      const result = results[index] as DefinitionOutcome | NotFinished;
      this.#done(file, content, result instanceof NotFinished ? outOfMemory : result);
    }
  }
}

const outOfMemory = limitedOutcome(memoryLimitReason);
