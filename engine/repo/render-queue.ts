import type { DefinitionFile } from "./discover.js";
import type { RenderFile } from "./genrepo.js";
import { type DefinitionOutcome, outcomeOf } from "./outcome.js";
import type { Lanes } from "./worker-lanes.js";

/** So many files are rendered right here before threads are worth their start. */
const hereLimit = 300;
const batchSize = 40;

interface Waiting<Content> {
  readonly file: DefinitionFile;
  readonly content: Content;
}

/** Renders files here as they come, and from some number on in batches on other threads, where there are any. */
export class RenderQueue<Content extends { readonly source: Uint8Array }> {
  private rendered = 0;
  private lanes: Lanes | undefined;
  private batch: Waiting<Content>[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly options: { readonly render: RenderFile; readonly openLanes?: () => Lanes | undefined },
    private readonly done: (file: DefinitionFile, content: Content, outcome: DefinitionOutcome) => void,
  ) {}

  /** Takes one file. Waits when the threads have enough to do. */
  async add(file: DefinitionFile, content: Content): Promise<void> {
    if (this.rendered === hereLimit) this.lanes = this.options.openLanes?.();
    this.rendered += 1;
    if (!this.lanes) {
      this.renderHere({ file, content });
      return;
    }
    this.batch.push({ file, content });
    if (this.batch.length < batchSize) return;
    this.send(this.lanes);
    if (this.underWay.size >= this.lanes.count) await Promise.race(this.underWay);
  }

  /** Renders what still waits. */
  async finish(): Promise<void> {
    if (this.lanes && this.batch.length > 0) this.send(this.lanes);
    await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    await this.lanes?.close();
  }

  private renderHere({ file, content }: Waiting<Content>): void {
    this.done(file, content, outcomeOf(this.options.render(content.source, file)));
  }

  private send(lanes: Lanes): void {
    const batch = this.batch;
    this.batch = [];
    const work = lanes
      .render(batch.map(({ file, content }) => ({ file, source: content.source })))
      .then((outcomes) => {
        for (const [index, waiting] of batch.entries()) {
          const outcome = outcomes[index];
          if (outcome) this.done(waiting.file, waiting.content, outcome);
          else this.renderHere(waiting);
        }
      })
      .finally(() => this.underWay.delete(work));
    // A failure is met where the queue is waited for.
    work.catch(() => undefined);
    this.underWay.add(work);
  }
}
