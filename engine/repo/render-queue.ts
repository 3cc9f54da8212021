import type { DefinitionFile } from "./discover.js";
import { type DefinitionOutcome, outcomeOf } from "./outcome.js";
import type { RenderFile } from "./render-file.js";
import type { WorkerPool } from "./worker-pool.js";

/** Up to this many files are rendered on the calling thread; starting workers pays off only beyond it. */
const workerThreshold = 300;
const batchSize = 40;

interface Waiting<Content> {
  readonly file: DefinitionFile;
  readonly content: Content;
}

/** Renders the first files on the calling thread and the rest in batches on a worker pool, where there is one. */
export class RenderQueue<Content extends { readonly source: Uint8Array }> {
  private rendered = 0;
  private pool: WorkerPool | undefined;
  private batch: Waiting<Content>[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly options: { readonly render: RenderFile; readonly openWorkerPool?: () => WorkerPool | undefined },
    private readonly done: (file: DefinitionFile, content: Content, outcome: DefinitionOutcome) => void,
  ) {}

  /** Takes one file. Waits when the threads have enough to do. */
  async add(file: DefinitionFile, content: Content): Promise<void> {
    if (this.rendered === workerThreshold) this.pool = this.options.openWorkerPool?.();
    this.rendered += 1;
    if (!this.pool) {
      this.renderInline({ file, content });
      return;
    }
    this.batch.push({ file, content });
    if (this.batch.length < batchSize) return;
    this.send(this.pool);
    if (this.underWay.size >= this.pool.count) await Promise.race(this.underWay);
  }

  /** Renders what still waits. */
  async finish(): Promise<void> {
    if (this.pool && this.batch.length > 0) this.send(this.pool);
    await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }

  private renderInline({ file, content }: Waiting<Content>): void {
    this.done(file, content, outcomeOf(this.options.render(content.source, file)));
  }

  private send(pool: WorkerPool): void {
    const batch = this.batch;
    this.batch = [];
    const work = pool
      .render(batch.map(({ file, content }) => ({ file, source: content.source })))
      .then((outcomes) => {
        for (const [index, waiting] of batch.entries()) {
          const outcome = outcomes[index];
          if (outcome) this.done(waiting.file, waiting.content, outcome);
          else this.renderInline(waiting);
        }
      })
      .finally(() => this.underWay.delete(work));
    // A failure is met where the queue is waited for.
    work.catch(() => undefined);
    this.underWay.add(work);
  }
}
