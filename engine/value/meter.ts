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
