import type { CancellationToken } from "vscode-languageserver-protocol";
import type { Diagnostic } from "vscode-languageserver-types";
import { type LintedDocument, lintDocument } from "../../engine/lint/document.js";
import type { Finding } from "../../engine/lint/finding.js";
import { finishDocument } from "../../engine/lint/workspace.js";
import type { ClientFeatures } from "../languages/client-features.js";
import { type FileLookup, toDiagnostics } from "../languages/definition/diagnostics.js";
import type { DefinitionDocument, Rendering } from "../languages/definition/document.js";
import type { Project } from "./projects.js";
import type { Renderings } from "./renderings.js";
import { type Scheduler, StaleError, type Turn } from "./scheduler.js";
import type { Clock } from "./workspace.js";

/** What the checker tells the editor. */
export interface CheckerOutput {
  publish(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void;
  /** The document has been rendered in its present state: previews of it are old. */
  rendered(uri: string): void;
  warn(message: string): void;
}

interface Checked {
  readonly document: DefinitionDocument;
  readonly project: Project;
  readonly linted: LintedDocument;
  /** How long it took. */
  readonly costMs: number;
  findings: readonly Finding[];
  /** What the editor has, as JSON. */
  published: string;
}

/** Debounce of 10–40 ms between a change and the lint, scaled to what the last lint of the document took. */
const minDebounceMs = 10;
const maxDebounceMs = 40;

/** Checks open definitions as they change, and publishes what it finds with the version that it holds for. */
export class Checker {
  readonly #checked = new Map<string, Checked>();
  /** The state of each document that was checked last, or is about to be. */
  readonly #newest = new Map<string, DefinitionDocument>();
  /** Who waits for the findings of a state. */
  readonly #waiting = new Map<DefinitionDocument, ((findings: readonly Finding[] | undefined) => void)[]>();
  #enabled = true;
  readonly #renderings: Renderings;
  readonly #scheduler: Scheduler;
  readonly #clock: Clock;
  readonly #client: ClientFeatures;
  readonly #output: CheckerOutput;
  readonly #lookup: (project: Project) => FileLookup;

  constructor(
    renderings: Renderings,
    scheduler: Scheduler,
    clock: Clock,
    client: ClientFeatures,
    output: CheckerOutput,
    lookup: (project: Project) => FileLookup,
  ) {
    this.#renderings = renderings;
    this.#scheduler = scheduler;
    this.#clock = clock;
    this.#client = client;
    this.#output = output;
    this.#lookup = lookup;
  }

  /** Checks a state of a document soon; at once when nothing is known of it. */
  schedule(document: DefinitionDocument, project: Project): void {
    const before = this.#newest.get(document.uri);
    this.#newest.set(document.uri, document);
    if (before && before !== document) this.#answer(before, undefined);
    const cost = this.#checked.get(document.uri)?.costMs;
    const pause = this.#scheduler.has(document.uri) ? Math.min(maxDebounceMs, cost ?? 0) : 0;
    const delay = cost === undefined ? 0 : Math.max(minDebounceMs, pause);
    this.#scheduler.schedule(document.uri, delay, async (turn) => {
      try {
        await this.#check(document, project, turn);
      } catch (error) {
        if (!(error instanceof StaleError)) this.#answer(document, undefined);
        throw error;
      }
    });
  }

  /** The document is closed or no definition any more. */
  forget(uri: string): void {
    this.#scheduler.cancel(uri);
    const newest = this.#newest.get(uri);
    if (newest) this.#answer(newest, undefined);
    this.#newest.delete(uri);
    const checked = this.#checked.get(uri);
    if (!checked) return;
    this.#checked.delete(uri);
    checked.project.index.setOpen(checked.document.path, undefined);
    this.#output.publish(uri, undefined, []);
    this.refreshAcross(checked.project);
  }

  /** Takes all diagnostics away, or brings them back. Everything else goes on. */
  setEnabled(enabled: boolean): void {
    this.#enabled = enabled;
    for (const checked of this.#checked.values()) this.#publish(checked);
  }

  /** The findings of exactly this state; undefined while it has not been checked. */
  findings(document: DefinitionDocument): readonly Finding[] | undefined {
    const checked = this.#checked.get(document.uri);
    return checked?.document === document ? checked.findings : undefined;
  }

  /** The findings of this state once it has been checked; undefined when a newer one takes its place, or on cancellation. */
  whenChecked(
    document: DefinitionDocument,
    token: CancellationToken,
  ): readonly Finding[] | undefined | Promise<readonly Finding[] | undefined> {
    const known = this.findings(document);
    if (known || this.#newest.get(document.uri) !== document) return known;
    return new Promise((resolve) => {
      this.#waiting.set(document, [...(this.#waiting.get(document) ?? []), resolve]);
      token.onCancellationRequested(() => resolve(undefined));
    });
  }

  #answer(document: DefinitionDocument, findings: readonly Finding[] | undefined): void {
    for (const resolve of this.#waiting.get(document) ?? []) resolve(findings);
    this.#waiting.delete(document);
  }

  /** Publishes anew where findings across files have changed. A document that has changed meanwhile is about to be checked. */
  refreshAcross(project: Project): void {
    for (const checked of this.#checked.values()) {
      if (checked.project === project && this.#newest.get(checked.document.uri) === checked.document)
        this.#publish(checked);
    }
  }

  async #check(document: DefinitionDocument, project: Project, turn: Turn): Promise<void> {
    const started = this.#clock.now();
    const renderings: Rendering[] = [];
    for (const profile of project.profiles) {
      const rendering = await this.#renderings.complete(document, profile, project, turn.signal);
      await turn.yieldOrAbort();
      if (!rendering) return this.#answer(document, undefined);
      renderings.push(rendering);
    }
    const renders = renderings.map(({ rendered }) => rendered);
    this.#output.rendered(document.uri);
    const linted = lintDocument(
      { path: document.path, source: document.text, renders, fileServer: project.fileServer },
      project.lint,
    );
    const costMs = this.#clock.now() - started;
    const checked = { document, project, linted, costMs, findings: [], published: "" };
    const before = this.#checked.get(document.uri);
    if (before && before.project !== project) before.project.index.setOpen(before.document.path, undefined);
    this.#checked.set(document.uri, checked);
    // What a rendering that did not come to its end says of the file is less than what is known of it already.
    if (!renderings.some(({ isPartial }) => isPartial)) project.index.setOpen(document.path, linted.summary);
    this.#publish(checked);
    this.#answer(document, checked.findings);
    await turn.yieldOrAbort();
    this.refreshAcross(project);
  }

  #publish(checked: Checked): void {
    const { document, project, linted } = checked;
    const across = project.index.across(project.lint.settings).get(document.path) ?? [];
    checked.findings = finishDocument(linted, across, project.lint.settings);
    const shown = this.#enabled ? checked.findings : [];
    const diagnostics = toDiagnostics(shown, document.lines, this.#lookup(project), this.#client);
    const published = JSON.stringify(diagnostics);
    if (published === checked.published) return;
    checked.published = published;
    this.#output.publish(document.uri, document.version, diagnostics);
  }
}
