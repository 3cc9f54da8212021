import type { PyError } from "../value/types.js";
import { patternError } from "./error.js";

/**
 * A pattern read character by character; a backslash and what follows are one. Positions count characters, and errors
 * name the position that Python names.
 */
export class PatternReader {
  readonly characters: readonly string[];
  /** What comes next: a character, an escape of two, or undefined at the end. */
  next: string | undefined;
  #index = 0;

  constructor(pattern: string) {
    this.characters = Array.from(pattern);
    this.#advance();
  }

  #advance(): void {
    const character = this.characters[this.#index];
    if (character !== "\\") {
      this.next = character;
      this.#index += character === undefined ? 0 : 1;
      return;
    }
    const escaped = this.characters[this.#index + 1];
    if (escaped === undefined) {
      throw patternError("bad escape (end of pattern)", this.characters, this.characters.length - 1);
    }
    this.next = character + escaped;
    this.#index += 2;
  }

  /** Where {@link next} begins. */
  get position(): number {
    return this.#index - (this.next === undefined ? 0 : this.next.startsWith("\\") ? 2 : 1);
  }

  seek(position: number): void {
    this.#index = position;
    this.#advance();
  }

  take(): string | undefined {
    const { next } = this;
    this.#advance();
    return next;
  }

  /** Takes the character if it is next. */
  match(character: string): boolean {
    if (this.next !== character) return false;
    this.#advance();
    return true;
  }

  /** At most `most` characters of a kind. */
  takeWhile(most: number, kind: RegExp): string {
    let taken = "";
    for (let count = 0; count < most && this.next !== undefined && kind.test(this.next); count += 1) {
      taken += this.take();
    }
    return taken;
  }

  /** A name up to its terminator, which is taken too. */
  takeName(terminator: string, what: string): string {
    let name = "";
    for (;;) {
      const character = this.take();
      if (character === undefined) {
        throw name === ""
          ? this.error(`missing ${what}`)
          : this.error(`missing ${terminator}, unterminated name`, Array.from(name).length);
      }
      if (character === terminator) {
        if (name === "") throw this.error(`missing ${what}`, 1);
        return name;
      }
      name += character;
    }
  }

  /** Python's `re.error`, `back` characters before what comes next. */
  error(message: string, back = 0): PyError {
    return patternError(message, this.characters, this.position - back);
  }
}
