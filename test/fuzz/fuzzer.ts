/** Feeds one part of the product with whatever comes, over and over. */
export interface Fuzzer<Input extends string | Buffer = string | Buffer> {
  readonly name: string;
  /** Makes an input; the same random numbers make the same. */
  make(random: Random): Input;
  /** Throws when the part fails in a way that it must not. */
  check(input: Input): void | Promise<void>;
}

/** Numbers that look random and come again with the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

const oddNumbers: readonly number[] = [
  0, 1, 2, 3, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

/** Some numbers of a file changed to those that readers stumble over; those at its beginning more often. */
export function damaged(file: Buffer, random: Random): Buffer {
  const copy = Buffer.from(file);
  for (let changes = 1 + random.below(5); changes > 0; changes--) {
    const at = random.below(Math.max(1, (random.below(2) ? Math.min(2048, copy.length) : copy.length) - 4));
    const value = random.below(3) ? random.pick(oddNumbers) : random.below(2 ** 31);
    if (random.below(2)) copy.writeUInt32LE(value >>> 0, at);
    else copy.writeUInt16LE(value & 0xffff, at);
  }
  return random.below(10) === 0 ? copy.subarray(0, random.below(copy.length)) : copy;
}

/** A text of pieces in any order. */
export function anyText(pieces: readonly string[], random: Random): string {
  const parts: string[] = [];
  for (let count = random.below(60); count > 0; count--) parts.push(random.pick(pieces).repeat(1 + random.below(4)));
  return parts.join(random.pick(["", " ", "\n"]));
}
