import type { Json } from "../../../engine/value/types.js";

/** Values of one registry key: name → `[type, data]`. */
export type ScenarioValues = { readonly [name: string]: readonly [type: string, data: string | number] };
/** Registry of one view: `HKLM\…` → its values. */
export type ScenarioRegistry = { readonly [path: string]: ScenarioValues };
type View = "64" | "32";

/** What one started program does, in the order in which programs are started. */
export interface ScenarioRun {
  readonly exit: number;
  readonly set?: readonly (readonly [view: View, path: string, values: ScenarioValues])[];
  readonly delete?: readonly (readonly [view: View, path: string])[];
}

/** A machine, a repository, a call, and what real Salt answered and did. */
export interface Scenario {
  readonly id: string;
  readonly repo: { readonly [name: string]: { readonly [version: string]: { readonly [key: string]: Json } } };
  readonly registry: { readonly [view in View]: ScenarioRegistry };
  /** What can be fetched. */
  readonly sources: readonly string[];
  /** What the server refuses with 404. */
  readonly raises: readonly string[];
  /** What is in the minion's cache before. */
  readonly cached: readonly string[];
  readonly files: readonly string[];
  /** URL or path → algorithm → digest of what it holds. */
  readonly hashes: { readonly [location: string]: { readonly [algorithm: string]: string } };
  readonly runs?: readonly ScenarioRun[];
  readonly call: {
    readonly fn: string;
    readonly args: readonly string[];
    readonly kwargs: { readonly [name: string]: Json };
  };
  readonly salt: ScenarioTrace & { readonly result?: Json; readonly exception?: string; readonly message?: string };
  /** Salt raised or gave the whole call up; what we do instead is ours to decide within bounds. */
  readonly loose?: boolean;
}

/** What was done to the machine. */
export interface ScenarioTrace {
  readonly commands: readonly { readonly line: string; readonly cwd: string | null }[];
  readonly fetched: readonly string[];
  readonly tasks: readonly { readonly cmd: string; readonly arguments: string; readonly start_in: string }[];
  readonly reboot: boolean;
}
