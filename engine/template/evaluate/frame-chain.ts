import type { Span } from "../../problem.js";
import type { MapFrame } from "../source-map.js";
import type { Origin } from "./origins.js";

/**
 * What is being run around a piece of output: the innermost loop iteration, macro call or include, and those around it.
 * Made for each iteration, so it is kept small; the frames of a map are made of it when somebody looks.
 */
export class FrameChain {
  private list: readonly MapFrame[] | undefined;

  constructor(
    private readonly outer: FrameChain | undefined,
    private readonly kind: MapFrame["kind"],
    private readonly source: Span,
    /** The imported template that `source` lies in. */
    private readonly file: string | undefined,
    private readonly iteration?: number,
    private readonly item?: Origin,
  ) {}

  /** Outermost first. */
  get frames(): readonly MapFrame[] {
    this.list ??= [...(this.outer?.frames ?? []), this.frame()];
    return this.list;
  }

  private frame(): MapFrame {
    const { kind, iteration, item, file } = this;
    const frame: { -readonly [K in keyof MapFrame]: MapFrame[K] } = { kind, source: plain(this.source) };
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
