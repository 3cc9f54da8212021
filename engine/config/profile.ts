import { defaultSaltVersion, readSaltVersion, type SaltVersion } from "../salt-version/salt-version.js";
import type { Json } from "../value/types.js";

/** A named set of facts about one kind of machine: what a definition is rendered with. */
export interface Profile {
  readonly name: string;
  /** The Salt that the machine runs, as its owner writes it: `3006.24`, `3007`. A grain `saltversion` says nothing of it. */
  readonly saltVersion?: string;
  /** The profile that this one is but for the release of Salt. */
  readonly base?: string;
  readonly grains: { readonly [name: string]: Json };
  readonly pillar: { readonly [name: string]: Json };
  /** Minion options beyond the defaults. */
  readonly opts: { readonly [name: string]: Json };
  /** `HKLM\\SOFTWARE\\…\\value name` → data. Looked up without regard to case. */
  readonly registry: { readonly [path: string]: Json };
  /** Environment variables of the machine, for `environ.get`. */
  readonly environment: { readonly [name: string]: string };
  /** Answers for execution functions that would act or ask the world: `cmd.run` → its result, whatever the arguments. */
  readonly functions: { readonly [name: string]: Json };
  /** Of a target: what it answered so far to functions that read something of a machine. Without it there is none to ask. */
  readonly answers?: { readonly [question: string]: Json };
}

/** The release of Salt that a profile is rendered as: the newest 3007 where it does not say. */
export function saltVersionOf({ saltVersion }: Profile): SaltVersion {
  return (saltVersion === undefined ? undefined : readSaltVersion(saltVersion)?.version) ?? defaultSaltVersion;
}
