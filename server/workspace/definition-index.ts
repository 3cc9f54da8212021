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
  #across: ReadonlyMap<string, readonly Finding[]> | undefined;

  setOpen(path: string, summary: DocumentSummary | undefined): void {
    this.#set(this.#open, path, summary);
  }

  setOnDisk(path: string, summary: DocumentSummary | undefined): void {
    this.#set(this.#onDisk, path, summary);
  }

  get paths(): ReadonlySet<string> {
    return new Set([...this.#onDisk.keys(), ...this.#open.keys()]);
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
