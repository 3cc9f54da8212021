import type { Span } from "../../problem.js";
import type { MapFrame } from "../source-map.js";
import type { Origin } from "./origins.js";

/**
 * What is being run around a piece of output: the innermost loop iteration, macro call or include, and those around it.
 * Made for each iteration, so it is kept small; the frames of a map are made of it when somebody looks.
 */
export class FrameChain {
  #list: readonly MapFrame[] | undefined;

  readonly #outer: FrameChain | undefined;
  readonly #kind: MapFrame["kind"];
  readonly #source: Span;
  /** The imported template that `source` lies in. */
  readonly #file: string | undefined;
  readonly #iteration: number | undefined;
  readonly #item: Origin | undefined;

  constructor(
    outer: FrameChain | undefined,
    kind: MapFrame["kind"],
    source: Span,
    file: string | undefined,
    iteration?: number,
    item?: Origin,
  ) {
    this.#outer = outer;
    this.#kind = kind;
    this.#source = source;
    this.#file = file;
    this.#iteration = iteration;
    this.#item = item;
  }

  /** Outermost first. */
  get frames(): readonly MapFrame[] {
    this.#list ??= [...(this.#outer?.frames ?? []), this.#frame()];
    return this.#list;
  }

  #frame(): MapFrame {
    const kind = this.#kind;
    const iteration = this.#iteration;
    const item = this.#item;
    const file = this.#file;
    const frame: { -readonly [K in keyof MapFrame]: MapFrame[K] } = { kind, source: plain(this.#source) };
    if (iteration !== undefined) frame.iteration = iteration;
    if (item && item.file === file) frame.item = plain(item);
    if (file !== undefined) frame.file = file;
    return frame;
  }
}

/** A span without whatever else the object holds. */
export function plain({ start, end }: Span): Span {
  return { start, end };
}
