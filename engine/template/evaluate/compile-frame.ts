import type { Statement } from "../syntax/nodes.js";
import type { Execute } from "./rendering.js";
import { Symbols } from "./symbols.js";

export type CompileStatement = (statement: Statement, frame: CompileFrame) => Execute;

/** What the compiler knows of the frame that it is in. */
export class CompileFrame {
  readonly #marker: { line: number };

  constructor(
    /** Statements contain statements: the compiler of them all goes along with the frame. */
    readonly compileStatement: CompileStatement,
    readonly symbols: Symbols,
    /** Whether what is printed here is dropped once the template has said that it extends another. */
    readonly yields: boolean,
    /** The frame of the template itself. */
    readonly isTop = false,
    marker: { line: number } = { line: 1 },
  ) {
    this.#marker = marker;
  }

  /**
   * The line that Jinja names for an error here: that of the last statement or print, in the order of the source, that
   * marks one. Not all statements do.
   */
  get line(): number {
    return this.#marker.line;
  }

  mark(line: number): void {
    this.#marker.line = line;
  }

  /** A frame inside of this one. */
  inner(describe: (symbols: Symbols) => void): CompileFrame {
    return this.#nested(describe, this.yields);
  }

  /** A frame inside of this one whose output is kept: that of a macro, or what a `set` takes. */
  capturing(describe: (symbols: Symbols) => void): CompileFrame {
    return this.#nested(describe, false);
  }

  #nested(describe: (symbols: Symbols) => void, yields: boolean): CompileFrame {
    const symbols = new Symbols(this.symbols);
    describe(symbols);
    return new CompileFrame(this.compileStatement, symbols, yields, false, this.#marker);
  }

  get unset(): ReadonlySet<string> | undefined {
    return this.symbols.unset;
  }
}
