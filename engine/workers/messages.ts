/** To a worker: a setup to keep under a number, or inputs of a task to work on. */
export type Request =
  | { readonly setup: number; readonly value: object }
  | { readonly task: string; readonly using: number; readonly inputs: readonly unknown[] };

/** So many setups a worker keeps; of more the oldest goes. */
export const keptSetups = 16;

/** From a worker: the packed results of the last inputs, or what a mistake of ours threw. */
export type Reply = { readonly results: readonly unknown[] } | { readonly error: string };
