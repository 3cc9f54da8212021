/**
 * What an operation may use: work, memory, digits. A rendering's budget is one. Each method throws when its limit is
 * passed, and is asked before the value is made.
 */
export interface Meter {
  /** So many more steps of work. */
  step(count?: number): void;
  /** So many more characters, bytes or items. */
  allocate(size: number): void;
  /** An integer of so many binary digits. */
  integer(bits: number): void;
}

/** What an item of a list weighs beside a character of a text. */
export const itemWeight = 8;

/** For values whose size is known to be small. */
export const unmetered: Meter = { step() {}, allocate() {}, integer() {} };

let payer: Meter = unmetered;

/**
 * Runs something at the expense of a meter: what values cost on the way (comparing, printing, hashing, going through a
 * text) is charged to it. Python's operators are everywhere, so nobody has to hand the meter on and nobody can forget to.
 */
export function atExpenseOf<T>(meter: Meter, run: () => T): T {
  const before = payer;
  payer = meter;
  try {
    return run();
  } finally {
    payer = before;
  }
}

/** Charges steps to whoever this runs at the expense of. */
export function charge(steps: number): void {
  payer.step(steps);
}

/** Charges for going through so many characters or bytes once, which is much faster than as many steps. */
export function chargeText(length: number): void {
  if (length >= charactersPerStep) payer.step(Math.floor(length / charactersPerStep));
}

/** What a native function gets through in the time of a step. */
export const charactersPerStep = 16;
