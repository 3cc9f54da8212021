import type { Json } from "../value/types.js";

/** A named set of facts about one kind of machine: what a definition is rendered with. */
export interface Profile {
  readonly name: string;
  readonly grains: { readonly [name: string]: Json };
  readonly pillar: { readonly [name: string]: Json };
  /** Minion options beyond the defaults. */
  readonly opts: { readonly [name: string]: Json };
  /** `HKLM\\SOFTWARE\\…\\value name` → data. Looked up without regard to case. */
  readonly registry: { readonly [path: string]: Json };
  /** Environment variables of the machine, for `environ.get`. */
  readonly environment: { readonly [name: string]: string };
  /** Answers for execution functions that would change or query the system: `cmd.run` → its result, whatever the arguments. */
  readonly functions: { readonly [name: string]: Json };
}
