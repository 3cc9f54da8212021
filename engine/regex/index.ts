import type { Meter } from "../value/meter.js";
import type { Flags } from "./ast.js";
import { Matcher } from "./matcher.js";
import { type ParsedPattern, parsePattern } from "./parse.js";
import { compileProgram, type Program } from "./program.js";
import { parseReplacement, type Replacement } from "./replacement.js";

export { type Flags, noFlags } from "./ast.js";

/** One match: the texts of the groups, the whole match first; undefined for a group that took no part. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/**
 * A pattern of Python's `re`, on an engine of our own: it knows Python's syntax, and every step is charged to a meter,
 * so that no pattern can run away.
 */
export class Pattern {
  readonly #parsed: ParsedPattern;
  readonly #program: Program;

  /** @throws PyError `error` with Python's words */
  constructor(source: string, flags: Flags) {
    this.#parsed = parsePattern(source, flags);
    this.#program = compileProgram(this.#parsed.node);
  }

  /** How many groups it captures, besides the whole match. */
  get groupCount(): number {
    return this.#parsed.groupCount - 1;
  }

  /** `re.match`: at the start only. */
  match(text: string, meter: Meter): Match | undefined {
    return this.#searcher(text, meter).at(0);
  }

  /** `re.fullmatch`: the whole text. */
  fullMatch(text: string, meter: Meter): Match | undefined {
    return this.#searcher(text, meter).at(0, true);
  }

  /** `re.search`: the first place. */
  search(text: string, meter: Meter): Match | undefined {
    return this.#searcher(text, meter).from(0);
  }

  /** `re.sub`: every place replaced, empty ones too. */
  replace(text: string, replacement: string, meter: Meter): string {
    const template = parseReplacement(replacement, this.#parsed);
    const searcher = this.#searcher(text, meter);
    let result = "";
    let copied = 0;
    for (let match = searcher.from(0); match; match = searcher.from(match.end)) {
      const inserted = fill(template, match);
      meter.allocate(match.start - copied + inserted.length);
      result += searcher.slice(copied, match.start) + inserted;
      copied = match.end;
      if (match.start === match.end) searcher.forbidEmptyAt(match.end);
    }
    return result + searcher.slice(copied, searcher.length);
  }

  #searcher(text: string, meter: Meter): Searcher {
    return new Searcher(this.#program, this.#parsed.groupCount, text, meter);
  }
}

/** A text being searched. */
class Searcher {
  readonly #codes: Uint32Array;
  readonly #matcher: Matcher;
  #noEmptyAt = -1;

  constructor(program: Program, groupCount: number, text: string, meter: Meter) {
    meter.step(text.length);
    this.#codes = Uint32Array.from(text, (character) => character.codePointAt(0) as number);
    this.#matcher = new Matcher(program, this.#codes, groupCount, meter);
  }
  get length(): number {
    return this.#codes.length;
  }

  /** Behind an empty match another one there would go on for ever. */
  forbidEmptyAt(position: number): void {
    this.#noEmptyAt = position;
  }

  at(position: number, mustEnd = false): Match | undefined {
    const end = this.#matcher.matchAt(position, mustEnd, position === this.#noEmptyAt);
    if (end < 0) return undefined;
    const { slots } = this.#matcher;
    const groups = Array.from({ length: slots.length / 2 }, (_, index) => {
      const [from, to] = [slots[2 * index] as number, slots[2 * index + 1] as number];
      return from < 0 || to < 0 ? undefined : this.slice(from, to);
    });
    return { start: position, end, groups };
  }

  from(start: number): Match | undefined {
    for (let position = start; position <= this.#codes.length; position += 1) {
      const match = this.at(position);
      if (match) return match;
    }
    return undefined;
  }

  slice(start: number, end: number): string {
    let text = "";
    for (let index = start; index < end; index += 1) text += String.fromCodePoint(this.#codes[index] as number);
    return text;
  }
}

function fill(template: Replacement, match: Match): string {
  return template.map((part) => (typeof part === "string" ? part : (match.groups[part] ?? ""))).join("");
}

const special = /[\t\n\v\f\r \x23-\x24&()*+\-.?[\\\]^{|}~]/g;

/** `re.escape` */
export function escapePattern(text: string): string {
  return text.replace(special, "\\$&");
}
