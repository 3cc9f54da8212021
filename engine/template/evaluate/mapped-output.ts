import { type MapSpan, TiledMap } from "../source-map.js";
import type { Output } from "./output.js";

/** A source map over spans that tile the output. */
export class OutputMap extends TiledMap {
  #made: readonly MapSpan[] | undefined;

  readonly #output: Output;
  readonly #source: string;

  constructor(output: Output, source: string) {
    super();
    this.#output = output;
    this.#source = source;
  }

  /** Made when first looked at: most renderings are for their text. */
  get spans(): readonly MapSpan[] {
    this.#made ??= this.#output.spans(this.#source);
    return this.#made;
  }
}
