import type { Meter } from "../value/meter.js";
import type { Anchor } from "./ast.js";
import { fold, isWord } from "./charset.js";
import type { Instruction, Program } from "./program.js";

/** Where a backtracking match may go on, and what must be undone on the way there. */
enum Entry {
  /** Goes on: instruction, position. */
  Choice,
  /** Puts a slot back: slot, value. */
  Slot,
  /** Puts a loop's counter and last position back: loop, counter, position. */
  Loop,
  /** A run of characters may give one back or take one more: instruction, position, bound. */
  Run,
}

const entrySize = 4;

/**
 * Runs a program on a text of code points, backtracking on a stack of its own: deep patterns and long texts cannot
 * overflow JavaScript's. Every step is counted, so that a catastrophic pattern ends with the budget.
 */
export class Matcher {
  /** The bounds of group n at 2n and 2n+1; -1 for a group that took no part. */
  readonly slots: Int32Array;
  readonly #counters: Int32Array;
  readonly #lastPositions: Int32Array;
  #stack: number[] = [];

  readonly #program: Program;
  readonly #text: Uint32Array;
  readonly #meter: Meter;

  constructor(program: Program, text: Uint32Array, groupCount: number, meter: Meter) {
    this.#program = program;
    this.#text = text;
    this.#meter = meter;
    this.slots = new Int32Array(2 * groupCount).fill(-1);
    this.#counters = new Int32Array(program.loops);
    this.#lastPositions = new Int32Array(program.loops).fill(-1);
  }

  /**
   * Matches at one position.
   * @param mustEnd only a match up to the end of the text counts
   * @param notEmpty only a match of some characters counts
   * @returns the end of the match, or -1
   */
  matchAt(start: number, mustEnd = false, notEmpty = false): number {
    this.slots.fill(-1);
    this.#stack = [];
    const end = this.#run(0, start, (end) => (!mustEnd || end === this.#text.length) && !(notEmpty && end === start));
    if (end >= 0) {
      this.slots[0] = start;
      this.slots[1] = end;
    }
    return end;
  }

  #run(first: number, start: number, accepts: (end: number) => boolean): number {
    const base = this.#stack.length;
    let at = first;
    let position = start;
    for (;;) {
      this.#meter.step();
      const instruction = this.#program.instructions[at] as Instruction;
      if (instruction.op === "accept") {
        if (accepts(position)) return position;
        at = -1;
      } else {
        at = this.#step(instruction, at, position);
        position = this.#position;
      }
      if (at >= 0) continue;
      at = this.#backtrack(base);
      if (at < 0) return -1;
      position = this.#position;
    }
  }

  /** Where the last step or backtrack left off. */
  #position = 0;

  /** One instruction: the next one, or -1 when it fails. Leaves the new position in {@link position}. */
  #step(instruction: Instruction, at: number, position: number): number {
    this.#position = position;
    switch (instruction.op) {
      case "set":
        if (position >= this.#text.length || !instruction.set(this.#text[position] as number)) return -1;
        this.#position = position + 1;
        return at + 1;
      case "split":
        this.#stack.push(instruction.second, position, 0, Entry.Choice);
        return instruction.first;
      case "jump":
        return instruction.to;
      case "save":
        this.#stack.push(instruction.slot, this.slots[instruction.slot] as number, 0, Entry.Slot);
        this.slots[instruction.slot] = position;
        return at + 1;
      case "run":
        return this.#takeRun(instruction, at, position);
      case "enter":
        this.#remember(instruction.loop);
        this.#counters[instruction.loop] = 0;
        this.#lastPositions[instruction.loop] = -1;
        return at + 1;
      case "loop":
        return this.#loop(instruction, position);
      case "anchor":
        return this.#holds(instruction.anchor, instruction.ascii, position) ? at + 1 : -1;
      case "backReference":
        return this.#repeats(instruction.index, instruction.ignoreCase, position) ? at + 1 : -1;
      case "condition":
        return (this.slots[2 * instruction.index + 1] ?? -1) >= 0 ? at + 1 : instruction.otherwise;
      case "look":
        return this.#look(instruction, at, position);
      case "atomic": {
        const end = this.#enclosed(at + 1, position);
        this.#position = end;
        return end < 0 ? -1 : instruction.after;
      }
      case "accept":
        return -1;
    }
  }

  #remember(loop: number): void {
    const [counter, last] = [this.#counters[loop] as number, this.#lastPositions[loop] as number];
    this.#stack.push(loop, counter, last, Entry.Loop);
  }

  #loop(instruction: Extract<Instruction, { op: "loop" }>, position: number): number {
    const { loop, min, max, lazy, body, after } = instruction;
    const count = this.#counters[loop] as number;
    const again = () => {
      this.#remember(loop);
      this.#counters[loop] = count + 1;
      this.#lastPositions[loop] = position;
      return body;
    };
    if (count < min) return again();
    // A body that matched nothing would match nothing for ever.
    if (count >= max || this.#lastPositions[loop] === position) return after;
    if (lazy) {
      this.#stack.push(body, position, 0, Entry.Choice);
      return after;
    }
    this.#stack.push(after, position, 0, Entry.Choice);
    return again();
  }

  #takeRun({ set, min, max, lazy }: Extract<Instruction, { op: "run" }>, at: number, position: number): number {
    const most = lazy ? min : max;
    const limit = Math.min(this.#text.length, position + most);
    let end = position;
    while (end < limit && set(this.#text[end] as number)) end += 1;
    this.#meter.step(end - position);
    if (end - position < min) return -1;
    this.#position = end;
    const bound = lazy ? position + max : position + min;
    if (lazy ? end < this.#text.length && end < bound : end > bound) {
      this.#stack.push(at, end, Math.min(bound, this.#text.length), Entry.Run);
    }
    return at + 1;
  }

  /** Undoes up to the last choice above `base` and takes its other way; -1 when there is none. */
  #backtrack(base: number): number {
    while (this.#stack.length > base) {
      this.#meter.step();
      const entry = this.#stack.pop() as Entry;
      const third = this.#stack.pop() as number;
      const second = this.#stack.pop() as number;
      const first = this.#stack.pop() as number;
      if (entry === Entry.Choice) {
        this.#position = second;
        return this.#resumed(first, second);
      }
      if (entry === Entry.Run) {
        const at = this.#resumeRun(first, second, third);
        if (at >= 0) return at;
      } else if (entry === Entry.Slot) this.slots[first] = second;
      else {
        this.#counters[first] = second;
        this.#lastPositions[first] = third;
      }
    }
    return -1;
  }

  /** A lazy loop that goes on counts its iteration now. */
  #resumed(at: number, position: number): number {
    const before = this.#program.instructions[at - 1];
    if (before?.op === "loop" && before.lazy && before.body === at) {
      const { loop } = before;
      this.#remember(loop);
      this.#counters[loop] = (this.#counters[loop] as number) + 1;
      this.#lastPositions[loop] = position;
    }
    return at;
  }

  #resumeRun(at: number, end: number, bound: number): number {
    const instruction = this.#program.instructions[at] as Extract<Instruction, { op: "run" }>;
    if (!instruction.lazy) {
      this.#position = end - 1;
      if (end - 1 > bound) this.#stack.push(at, end - 1, bound, Entry.Run);
      return at + 1;
    }
    if (!instruction.set(this.#text[end] as number)) return -1;
    this.#position = end + 1;
    if (end + 1 < bound) this.#stack.push(at, end + 1, bound, Entry.Run);
    return at + 1;
  }

  #look(instruction: Extract<Instruction, { op: "look" }>, at: number, position: number): number {
    const { behind, negative, width, after } = instruction;
    const start = behind ? position - width : position;
    const end = start < 0 ? -1 : this.#enclosed(at + 1, start, negative);
    this.#position = position;
    return end >= 0 !== negative ? after : -1;
  }

  /** A part that matches as a whole or not at all: its choices are forgotten, what it saved stays (or is undone). */
  #enclosed(first: number, start: number, undo = false): number {
    const base = this.#stack.length;
    const end = this.#run(first, start, () => true);
    if (end < 0) return -1;
    const entries = this.#stack.splice(base);
    for (let index = 0; index < entries.length; index += entrySize) {
      const kind = entries[index + entrySize - 1] as Entry;
      if (kind === Entry.Slot || kind === Entry.Loop) this.#stack.push(...entries.slice(index, index + entrySize));
    }
    if (undo) this.#backtrack(base);
    return end;
  }

  #holds(anchor: Anchor, ascii: boolean, position: number): boolean {
    const { length } = this.#text;
    switch (anchor) {
      case "start":
        return position === 0;
      case "end":
        return position === length;
      case "lineStart":
        return position === 0 || this.#text[position - 1] === 10;
      case "lineEnd":
        return position === length || this.#text[position] === 10;
      case "endOrNewline":
        return position === length || (position === length - 1 && this.#text[position] === 10);
      default: {
        // Python finds neither a boundary nor none in the empty text.
        if (length === 0) return false;
        const before = position > 0 && isWord(this.#text[position - 1] as number, ascii);
        const behind = position < length && isWord(this.#text[position] as number, ascii);
        return (before !== behind) === (anchor === "boundary");
      }
    }
  }

  /** The text of a group once more. */
  #repeats(index: number, ignoreCase: boolean, position: number): boolean {
    const [start, end] = [this.slots[2 * index] ?? -1, this.slots[2 * index + 1] ?? -1];
    if (start < 0 || end < 0) return false;
    this.#meter.step(Math.max(0, end - start));
    if (position + end - start > this.#text.length) return false;
    for (let offset = 0; offset < end - start; offset += 1) {
      const [a, b] = [this.#text[start + offset] as number, this.#text[position + offset] as number];
      if (a !== b && !(ignoreCase && fold(a, false) === fold(b, false))) return false;
    }
    this.#position = position + end - start;
    return true;
  }
}
