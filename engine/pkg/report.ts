import type { SourceLocation } from "../definition/definition-locator.js";
import type { TargetKind } from "../target/target.js";
import type { Json } from "../value/types.js";
import type { InstalledEntry } from "./installed-software.js";

/** What Salt puts under a package's name: a plain text, or one pair such as `{"install status": "success"}`. */
export type SaltAnswer = string | { readonly [key: string]: string };

/** What Salt's function returns: answers by name, or one text for a call that it refuses as a whole. */
export type SaltResult = string | { readonly [name: string]: SaltAnswer };

export type ProblemCode =
  | "package-unknown"
  | "version-unknown"
  | "version-ambiguous"
  | "installed-version-undefined"
  | "no-installer"
  | "no-uninstaller"
  | "not-installed"
  | "attribute-type"
  | "download-failed"
  | "cache-path"
  | "query-in-name"
  | "source-hash-format"
  | "source-hash-type"
  | "source-hash-missing"
  | "source-hash-mismatch"
  | "msiexec-not-found"
  | "path-not-absolute"
  | "run-failed"
  | "exit-code"
  | "hang"
  | "task-failed"
  | "nothing-installed"
  | "nothing-removed"
  | "name-differs"
  | "version-differs"
  | "uninstaller-differs"
  | "left-behind";

/** Something wrong with one package, and where in its definition. */
export interface PackageProblem {
  readonly code: ProblemCode;
  readonly severity: "error" | "warning";
  readonly package: string;
  readonly version?: string;
  /** The attribute at fault; `version` stands for the version key itself. */
  readonly key?: string;
  /** What is wrong, what Salt does with it, what to do. */
  readonly message: string;
  /** Where Salt gives up the whole call: what it raises, or the text that it returns instead of results. */
  readonly salt?: { readonly exception?: string; readonly message: string };
  readonly location?: SourceLocation;
}

/** A change of a definition that would make it fit what the installer really did. */
export interface Correction {
  readonly package: string;
  readonly version: string;
  /** The attribute to change; `version` for the version key. */
  readonly key: string;
  /** What the definition says now; absent when it says nothing. */
  readonly from?: Json;
  readonly to: string;
  readonly reason: string;
  /** Where the value stands in the source. */
  readonly location?: SourceLocation;
  /** The text to put there; absent where the source computes the value, so that no edit is sure to be right. */
  readonly newText?: string;
}

/** One program that was started, or would be. */
export interface CommandReport {
  readonly line: string;
  readonly cwd?: string;
  readonly scheduled?: boolean;
  /** The full 32-bit exit code as Windows gives it; absent when it was not run, was ended, or runs in a task. */
  readonly exitCode?: number;
  readonly timedOut?: boolean;
  readonly milliseconds?: number;
  readonly output?: string;
  /** Remarks of the target, such as what a simulated machine only assumed. */
  readonly notes?: readonly string[];
  /** Nothing was run: what the registry shows afterwards is the target's guess. */
  readonly assumed?: boolean;
}

export interface FetchReport {
  readonly url: string;
  /** On the target. */
  readonly path: string;
  /** It was in the target's cache and was not fetched. */
  readonly reused: boolean;
  readonly notes?: readonly string[];
}

export type PackageStatus =
  | "installed"
  | "removed"
  | "unchanged"
  | "failed"
  | "started"
  | "planned"
  /** The program said it succeeded, and the registry says otherwise. */
  | "doubtful";

export interface PackageReport {
  readonly package: string;
  readonly version?: string;
  readonly status: PackageStatus;
  /** One sentence for people. */
  readonly summary: string;
  readonly fetched: readonly FetchReport[];
  readonly commands: readonly CommandReport[];
  readonly appeared: readonly InstalledEntry[];
  readonly disappeared: readonly InstalledEntry[];
  readonly problems: readonly PackageProblem[];
  readonly corrections: readonly Correction[];
}

/** Everything that is known beyond Salt's answer: the value of the key `winrepo`. */
export interface ActionReport {
  readonly action: "install" | "remove" | "upgrade" | "try";
  readonly target: { readonly name: string; readonly kind: TargetKind };
  readonly dryRun: boolean;
  readonly rebootRequired: boolean;
  readonly packages: readonly PackageReport[];
  /** Remarks on the call as a whole, e.g. arguments that were ignored, or a run that was interrupted before. */
  readonly notes: readonly string[];
}

export interface ActionResult {
  readonly salt: SaltResult;
  readonly report: ActionReport;
}

/** Whether everything that was asked for came about. */
export function succeeded({ report }: ActionResult): boolean {
  return report.packages.every(({ status }) => status !== "failed" && status !== "doubtful");
}
