import { Symbols } from "./symbols.js";

/** What the compiler knows of the frame that it is in. */
export class CompileFrame {
  constructor(
    readonly symbols: Symbols,
    private readonly marker: { line: number } = { line: 1 },
  ) {}

  /**
   * The line that Jinja names for an error here: that of the last statement or print, in the order of the source, that
   * marks one. Not all statements do.
   */
  get line(): number {
    return this.marker.line;
  }

  mark(line: number): void {
    this.marker.line = line;
  }

  /** A frame inside of this one. */
  inner(describe: (symbols: Symbols) => void): CompileFrame {
    const symbols = new Symbols(this.symbols);
    describe(symbols);
    return new CompileFrame(symbols, this.marker);
  }

  get unset(): ReadonlySet<string> | undefined {
    return this.symbols.unset;
  }
}
