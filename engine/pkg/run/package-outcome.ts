import { str } from "../../value/repr.js";
import type { PackageFailure } from "../failure.js";
import type { PackageFiles } from "../files/package-file.js";
import type { InstalledEntry } from "../installed-software.js";
import type { VersionDefinition } from "../plan/definition.js";
import type {
  CommandReport,
  Correction,
  PackageProblem,
  PackageReport,
  PackageStatus,
  ProblemCode,
  SaltAnswer,
} from "../report.js";
import type { WantedPackage } from "../request.js";
import type { Listing, PackageOperation } from "./package-operation.js";

/** What becomes of one package of a call, gathered step by step. */
export class PackageOutcome {
  readonly name: string;
  /** The definitions that are acted by: one when installing, one per installed version when removing. */
  readonly definitions: VersionDefinition[] = [];
  readonly commands: CommandReport[] = [];
  readonly problems: PackageProblem[] = [];
  readonly corrections: Correction[] = [];
  status: PackageStatus = "unchanged";
  summary = "";
  appeared: readonly InstalledEntry[] = [];
  disappeared: readonly InstalledEntry[] = [];
  readonly #files: PackageFiles[] = [];
  readonly #operation: PackageOperation;

  constructor(
    operation: PackageOperation,
    readonly wanted: WantedPackage,
  ) {
    this.#operation = operation;
    this.name = wanted.name;
  }

  /** Starts work by a definition; gives the files of its version. */
  use(definition: VersionDefinition): PackageFiles {
    const files = this.#operation.files(definition);
    this.definitions.push(definition);
    this.#files.push(files);
    return files;
  }

  get version(): string | undefined {
    return (
      this.definitions.at(-1)?.version ?? (this.wanted.version === undefined ? undefined : str(this.wanted.version))
    );
  }

  /** Whether a program was started, so that the registry may have changed. */
  get ran(): boolean {
    return this.commands.length > 0 && !this.#operation.dryRun;
  }

  /** Whether what the registry shows is only the target's guess. */
  get assumed(): boolean {
    return this.commands.some(({ assumed }) => assumed);
  }

  /** What stands under the package's name in Salt's answer, unless the registry's difference takes its place. */
  answer(answer: SaltAnswer): void {
    this.#operation.answers[this.name] = answer;
  }

  fail(failure: PackageFailure): void {
    this.answer(failure.answer);
    this.problems.push(this.#operation.problem(failure, this.name, this.version));
    this.settle("failed", failure.message);
  }

  /** What was to be removed is not there: nothing to do, and Salt's answer says so. */
  absent(answer: SaltAnswer, summary: string): void {
    this.answer(answer);
    this.settle("unchanged", summary);
  }

  problem(code: ProblemCode, severity: "error" | "warning", message: string, key?: string): void {
    const { name, version } = this;
    this.problems.push(
      this.#operation.located({
        code,
        severity,
        package: name,
        ...(version !== undefined && { version }),
        ...(key !== undefined && { key }),
        message,
      }),
    );
  }

  settle(status: PackageStatus, summary: string): void {
    this.status = status;
    this.summary = summary;
  }

  /** Credits this package with what changed between two readings of the registry. */
  credit(before: Listing, after: Listing): void {
    this.appeared = missingFrom(before.entries, after.entries);
    this.disappeared = missingFrom(after.entries, before.entries);
  }

  report(): PackageReport {
    const { version } = this;
    if (this.ran && this.summary === "") {
      this.settle("doubtful", `${this.name}: the program has run; what it changed could not be read.`);
    }
    return {
      package: this.name,
      ...(version !== undefined && { version }),
      status: this.status,
      summary: this.summary,
      fetched: this.#files.flatMap(({ fetched }) => fetched),
      commands: this.commands,
      appeared: this.appeared,
      disappeared: this.disappeared,
      problems: this.problems,
      corrections: this.corrections,
    };
  }
}

function missingFrom(some: readonly InstalledEntry[], all: readonly InstalledEntry[]): InstalledEntry[] {
  const known = new Set(some.map(identity));
  const found = new Map<string, InstalledEntry>();
  for (const entry of all) {
    const id = identity(entry);
    if (!known.has(id)) found.set(id, entry);
  }
  return [...found.values()];
}

/** The same key is seen in both views where Windows does not redirect it. */
function identity({ hive, view, key, name, version }: InstalledEntry): string {
  return JSON.stringify([hive, hive === "HKU" ? "" : view, key.toLowerCase(), name, version]);
}
