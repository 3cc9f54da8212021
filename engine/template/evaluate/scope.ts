import type { Value } from "../../value/types.js";
import type { Origin } from "./origins.js";

/**
 * The variables of one frame of Jinja: the template, one iteration of a loop, one call of a macro, a `with` or block.
 * A name is looked up outwards and set in the innermost; that is why a `set` in a loop does not leave it.
 */
export class Scope {
  readonly #values = new Map<string, Value>();
  #origins: Map<string, Origin> | undefined;
  #importedNames: Set<string> | undefined;

  /** Names that this frame has for itself, though they may not be set yet: nothing further out is seen under them. */
  readonly #unset: ReadonlySet<string> | undefined;

  constructor(
    readonly parent?: Scope,
    unset?: ReadonlySet<string>,
  ) {
    this.#unset = unset;
  }

  get(name: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope instanceof ContextScope) return scope.lookupUnmasked(name);
      const value = scope.#values.get(name);
      if (value !== undefined) return value;
      if (scope.#unset?.has(name)) return undefined;
    }
    return undefined;
  }

  /** The value of a name, here or further out, whether or not a frame between masks it. */
  lookupUnmasked(name: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const value = scope.#values.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Where the value of a name was written literally. */
  originOf(name: string): Origin | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.#values.has(name)) return scope.#origins?.get(name);
    }
    return undefined;
  }

  set(name: string, value: Value, origin?: Origin): void {
    this.#values.set(name, value);
    this.#importedNames?.delete(name);
    if (origin) {
      this.#origins ??= new Map();
      this.#origins.set(name, origin);
    } else {
      this.#origins?.delete(name);
    }
  }

  /** Sets a name to what was imported: others see it as any name, but it is not exported from here. */
  setImported(name: string, value: Value): void {
    this.set(name, value);
    this.#importedNames ??= new Set();
    this.#importedNames.add(name);
  }

  /** What the frame itself has set, and a template that imports it may have. */
  exports(): [string, Value][] {
    return [...this.#values].filter(([name]) => !name.startsWith("_") && !this.#importedNames?.has(name));
  }

  /** All names that can be seen from here. */
  visible(): Map<string, Value> {
    const names = this.parent?.visible() ?? new Map<string, Value>();
    for (const [name, value] of this.#values) names.set(name, value);
    return names;
  }
}

/**
 * The context: the names that have values by now. Blocks, and templates that are included or imported, see this of the
 * frame around them, not its names as such.
 */
export class ContextScope extends Scope {}
