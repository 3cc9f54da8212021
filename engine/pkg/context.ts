import type { DefinitionLocator } from "../definition/definition-locator.js";
import type { Sources } from "../fetch/sources.js";
import type { Progress } from "../progress.js";
import type { WinrepoData } from "../repo/database.js";
import type { SaltVersion } from "../salt-version/salt-version.js";
import type { Target } from "../target/target.js";
import type { WallClock } from "./run/clock.js";
import type { Journal } from "./run/journal.js";

/** What a package operation works with. */
export interface PkgContext {
  readonly target: Target;
  readonly repo: WinrepoData;
  readonly sources: Sources;
  /** The fileserver environment; default `base`. */
  readonly saltenv?: string;
  /** The Salt that the machine runs; default the newest 3007. */
  readonly salt?: SaltVersion;
  readonly clock?: WallClock;
  /** Every step is logged here before it is done. */
  readonly journal?: Journal;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Finds where in the source a definition says what it says. */
  readonly locator?: DefinitionLocator;
}

/** How programs are run and files fetched; the same for install and remove. */
export interface RunPolicy {
  /** How the line reaches Windows (salt-reference §7.7); default as the machine's Salt does it. */
  readonly shell?: "cmd" | "none";
  /** After that a program counts as waiting for a person and is ended. Default 30 minutes; Salt waits for ever. */
  readonly timeoutMs?: number;
  /** Default true. */
  readonly verifyTls?: boolean;
  /** Say what would be fetched and run, and do nothing. */
  readonly dryRun?: boolean;
  /** Whether exit code 3010 marks the machine as needing a reboot. As in Salt, it governs the first such code only. */
  readonly reportRebootExitCodes?: boolean;
}

export const defaultTimeoutMs = 30 * 60_000;
