import type { Span } from "../problem.js";

/** What is known of a name at one point: set for sure, or only under conditions that are given as their texts. */
export interface Knowledge {
  readonly sure: boolean;
  /** Each way to have got a value: all of its conditions hold. */
  readonly ways: readonly (readonly string[])[];
  readonly setAt: readonly Span[];
}

const given: Knowledge = { sure: true, ways: [], setAt: [] };

/** What is known of all names at one point: what has changed since another point, laid over what was known there. */
export class Names {
  readonly #own: Map<string, Knowledge>;
  readonly #outer: Names | undefined;
  /** Names that count as set here, whatever is known of them further out. */
  readonly #given: ReadonlySet<string> | undefined;

  constructor(outer?: Names, own = new Map<string, Knowledge>(), given?: ReadonlySet<string>) {
    this.#outer = outer;
    this.#own = own;
    this.#given = given;
  }

  get(name: string): Knowledge | undefined {
    for (let level: Names | undefined = this; level; level = level.#outer) {
      const knowledge = level.#own.get(name) ?? (level.#given?.has(name) ? given : undefined);
      if (knowledge) return knowledge;
    }
    return undefined;
  }

  set(name: string, knowledge: Knowledge): void {
    this.#own.set(name, knowledge);
  }

  /** The same changes over the same ground; what is set there from now on is not set here. */
  copy(): Names {
    return new Names(this.#outer, new Map(this.#own), this.#given);
  }

  /** What has been set since an outer point. */
  changedSince(outer: Names): string[] {
    const changed: string[] = [];
    for (let level: Names | undefined = this; level && level !== outer; level = level.#outer)
      changed.push(...level.#own.keys());
    return changed;
  }
}
