import type { Finding } from "../../engine/lint/finding.js";
import type { LintSettings } from "../../engine/lint/settings.js";
import type { DocumentSummary } from "../../engine/lint/summary.js";
import { lintWorkspace } from "../../engine/lint/workspace.js";

/**
 * All definitions of one project, open or not, as the rules across files need them. Open documents overrule what is on
 * disk.
 */
export class DefinitionIndex {
  readonly #onDisk = new Map<string, DocumentSummary>();
  readonly #open = new Map<string, DocumentSummary>();
  /** What the definitions on disk ask the file server for, by their path. */
  readonly #imports = new Map<string, readonly string[]>();
  #across: ReadonlyMap<string, readonly Finding[]> | undefined;

  setOpen(path: string, summary: DocumentSummary | undefined): void {
    this.#set(this.#open, path, summary);
  }

  /** @param imports paths on the file server that the definition asks for */
  setOnDisk(path: string, summary: DocumentSummary | undefined, imports: readonly string[] = []): void {
    this.#set(this.#onDisk, path, summary);
    if (summary) this.#imports.set(path, imports);
    else this.#imports.delete(path);
  }

  /** What the definitions on disk ask the file server for. */
  get imported(): readonly string[] {
    return [...this.#imports.values()].flat();
  }

  /** The definitions on disk that ask for one of these paths. */
  importersOf(serverPaths: ReadonlySet<string>): string[] {
    return [...this.#imports]
      .filter(([, imports]) => imports.some((each) => serverPaths.has(each)))
      .map(([path]) => path);
  }

  /** Forgets what was found on disk under some paths: the files are gone. */
  prune(isGone: (path: string) => boolean): void {
    for (const path of [...this.#onDisk.keys()].filter(isGone)) this.setOnDisk(path, undefined);
  }

  /** The findings across files, by file. Kept until a summary changes. */
  across(settings: LintSettings): ReadonlyMap<string, readonly Finding[]> {
    this.#across ??= lintWorkspace([...new Map([...this.#onDisk, ...this.#open]).values()], settings);
    return this.#across;
  }

  /** The settings have changed. */
  invalidate(): void {
    this.#across = undefined;
  }

  #set(map: Map<string, DocumentSummary>, path: string, summary: DocumentSummary | undefined): void {
    if (summary) map.set(path, summary);
    else if (!map.delete(path)) return;
    this.#across = undefined;
  }
}
