const escapes: ReadonlyMap<string, string> = new Map([
  ["\0", "0"],
  ["\x07", "a"],
  ["\b", "b"],
  ["\t", "t"],
  ["\n", "n"],
  ["\v", "v"],
  ["\f", "f"],
  ["\r", "r"],
  ["\x1b", "e"],
  ['"', '"'],
  ["\\", "\\"],
  ["\x85", "N"],
  ["\xa0", "_"],
  ["\u2028", "L"],
  ["\u2029", "P"],
]);

const isBreak = (character: string | undefined): boolean =>
  character !== undefined && "\n\x85\u2028\u2029".includes(character);

/** Writes YAML as PyYAML's emitter does, with its way of breaking lines. */
export class LineWriter {
  text = "";
  /** The current indentation; undefined at the root. */
  indent: number | undefined;
  #column = 0;
  /** The last thing written was white space (or nothing). */
  whitespace = true;
  /** Only indicators that begin a nested block were written on this line. */
  indention = true;

  /** Lines are broken behind this column. */
  readonly #width: number;
  readonly #allowUnicode: boolean;

  constructor(width: number, allowUnicode: boolean) {
    this.#width = width;
    this.#allowUnicode = allowUnicode;
  }

  get isFull(): boolean {
    return this.#column > this.#width;
  }

  #put(data: string): void {
    this.text += data;
    this.#column += Array.from(data).length;
  }

  indicator(indicator: string, needsSpace: boolean, { whitespace = false, indention = false } = {}): void {
    this.#put(this.whitespace || !needsSpace ? indicator : ` ${indicator}`);
    this.whitespace = whitespace;
    this.indention = this.indention && indention;
  }

  lineBreak(character = "\n"): void {
    this.text += character;
    this.whitespace = true;
    this.indention = true;
    this.#column = 0;
  }

  /** Starts a line at the current indentation, unless one has just been started. */
  newLine(): void {
    const indent = this.indent ?? 0;
    if (!this.indention || this.#column > indent || (this.#column === indent && !this.whitespace)) this.lineBreak();
    if (this.#column >= indent) return;
    this.whitespace = true;
    this.#put(" ".repeat(indent - this.#column));
  }

  plain(text: string, mayBreak: boolean): void {
    if (text === "") return;
    if (!this.whitespace) this.#put(" ");
    this.whitespace = false;
    this.indention = false;
    this.#words(text, mayBreak, false);
  }

  singleQuoted(text: string, mayBreak: boolean): void {
    this.indicator("'", true);
    this.#words(text, mayBreak, true);
    this.indicator("'", false);
  }

  /** Runs of blanks, line breaks and other characters, one after the other. */
  #words(text: string, mayBreak: boolean, quoted: boolean): void {
    for (const found of text.matchAll(/ +|[\n\x85\u2028\u2029]+|[^ \n\x85\u2028\u2029]+/g)) {
      const [run] = found;
      const end = found.index + run.length;
      const isInside = !quoted || (found.index !== 0 && end !== text.length);
      if (run === " " && this.isFull && mayBreak && isInside) {
        this.newLine();
        if (!quoted) this.whitespace = this.indention = false;
      } else if (isBreak(run[0])) this.#breaks(run, quoted);
      else this.#put(quoted ? run.replaceAll("'", "''") : run);
    }
  }

  #breaks(run: string, quoted: boolean): void {
    if (run.startsWith("\n")) this.lineBreak();
    for (const character of run) this.lineBreak(character);
    this.newLine();
    if (!quoted) this.whitespace = this.indention = false;
  }

  /** As libyaml's emitter does, which Salt's dumper is made of: lines are broken at single blanks, without a backslash. */
  doubleQuoted(text: string, mayBreak: boolean): void {
    this.indicator('"', true);
    const characters = Array.from(text);
    const last = characters.length - 1;
    let afterBlank = false;
    for (const [index, character] of characters.entries()) {
      if (this.#needsEscape(character)) {
        this.#put(escaped(character));
        afterBlank = false;
      } else if (character === " " && mayBreak && !afterBlank && this.isFull && index > 0 && index < last) {
        this.newLine();
        if (characters[index + 1] === " ") this.#put("\\");
        afterBlank = true;
      } else {
        this.#put(character);
        afterBlank = character === " ";
      }
    }
    this.indicator('"', false);
  }

  #needsEscape(character: string): boolean {
    if ('"\\\x85\u2028\u2029\ufeff'.includes(character)) return true;
    if (character >= " " && character <= "~") return false;
    return !this.#allowUnicode || !/^[\xa0-\ud7ff\ue000-\ufffd]$/.test(character);
  }

  /** A `|` scalar of lines without blanks at their edges: what binary data is written as. */
  literal(text: string): void {
    this.indicator(text.endsWith("\n") ? "|" : "|-", true);
    this.lineBreak();
    for (const line of text.replace(/\n$/, "").split("\n")) {
      this.newLine();
      this.text += line;
      this.lineBreak();
    }
  }
}

function escaped(character: string): string {
  const letter = escapes.get(character);
  if (letter !== undefined) return `\\${letter}`;
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
