import type { Span } from "../problem.js";
import type { Value } from "../value/types.js";
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from "./node.js";
import { tags } from "./resolve.js";
import type { ScalarStyle } from "./token.js";

/** A node while it is composed: its span still grows, its value is not made yet. */
export type Composed = Mapping | Sequence | Scalar;
export type Collection = Mapping | Sequence;

export interface Pair {
  readonly key: Composed;
  readonly value: Composed;
}

abstract class Node {
  /** Of a stand-in for an alias inside the node that it names: that node. */
  repeats: Collection | undefined;
  value: Value = null;
  /** `value` has been made (of a collection: begun). */
  constructed = false;
  abstract readonly kind: YamlNode["kind"];

  constructor(
    readonly start: number,
    public end: number,
    public tag: string,
  ) {}

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  /** Stretches the span to an offset. */
  reach(offset: number): void {
    if (offset > this.end) this.end = offset;
  }

  /** Stretches over a child. Aliased children stand elsewhere, empty ones nowhere. */
  protected cover(child: Composed): void {
    if (child.start >= this.start && !(child.kind === "scalar" && child.style === "empty")) this.reach(child.end);
  }
}

export class Scalar extends Node implements YamlScalar {
  readonly kind = "scalar";

  constructor(
    start: number,
    end: number,
    tag: string,
    readonly text: string,
    readonly style: ScalarStyle | "empty",
  ) {
    super(start, end, tag);
  }
}

export class Sequence extends Node implements YamlSequence {
  readonly kind = "sequence";
  readonly items: Composed[] = [];

  constructor(
    start: number,
    end: number,
    tag: string,
    readonly flow: boolean,
  ) {
    super(start, end, tag);
  }

  add(item: Composed): void {
    this.items.push(item);
    this.cover(item);
  }

  /** Takes what was begun when an error ended the text. */
  abandon(child: Composed | undefined): void {
    if (child) this.add(child);
  }
}

export class Mapping extends Node implements YamlMapping {
  readonly kind = "mapping";
  readonly pairs: Pair[] = [];
  /** The pairs with merges in their places, once that has been worked out. */
  merged: Pair[] | undefined;
  /** The key whose value comes next. */
  key: Composed | undefined;

  constructor(
    start: number,
    end: number,
    tag: string,
    readonly flow: boolean,
  ) {
    super(start, end, tag);
  }

  addValue(value: Composed): void {
    const key = this.key!;
    this.key = undefined;
    this.pairs.push({ key, value });
    this.cover(key);
    this.cover(value);
  }

  /** Takes what was begun when an error ended the text. */
  abandon(child: Composed | undefined): void {
    if (this.key === undefined) {
      if (!child) return;
      this.key = child;
      this.addValue(emptyAt(child.end));
    } else this.addValue(child ?? emptyAt(this.key.end));
  }
}

function emptyAt(offset: number): Scalar {
  return new Scalar(offset, offset, tags.null, "", "empty");
}
