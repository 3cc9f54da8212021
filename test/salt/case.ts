import type { Json } from "../../engine/value/types.js";

/** A key as the stand-in installer writes it down: view, name, values by name with type's number and data. */
export type DumpedKey = readonly [
  view: string,
  key: string,
  values: { readonly [name: string]: readonly [number, Json] },
];

/** How a program was started, as the stand-in saw it. */
export interface SeenCommand {
  readonly line: string;
  readonly cwd: string;
  readonly exe: string;
}

/** What came of a step. */
export interface StepOutcome {
  readonly return?: Json;
  readonly exception?: readonly [type: string, message: string];
  readonly commands?: readonly SeenCommand[];
  /** After the step; absent: as before it. */
  readonly registry?: readonly DumpedKey[];
  readonly seconds?: number;
}

export interface SaltStep {
  /** `pkg.install` …; without it the stand-in does `acts`. */
  readonly call?: string;
  readonly acts?: string;
  readonly args?: readonly string[];
  readonly kwargs?: { readonly [name: string]: Json };
  readonly salt: StepOutcome;
}

/** Definitions, files and a machine, and calls with what Salt for Windows made of them. */
export interface SaltCase {
  readonly id: string;
  /** Below salt://win/repo-ng/. */
  readonly definitions: { readonly [file: string]: string };
  /** Below salt://; `probe` is the stand-in, `msi:N` an MSI. */
  readonly salt_files: { readonly [file: string]: string };
  readonly machine: {
    readonly acts?: { readonly [name: string]: readonly (readonly string[])[] };
    readonly files?: { readonly [path: string]: string };
  };
  readonly steps: readonly SaltStep[];
  readonly minion?: { readonly [option: string]: Json };
}
