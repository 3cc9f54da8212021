import { classify, mayBeDefinition } from "../../engine/definition/classify.js";
import { type Summarized, summaryTask } from "../../engine/lint/lint-task.js";
import { NotFinished, type RenderDocument, type RenderHost } from "../../engine/render/render-host.js";
import type { Project } from "./projects.js";
import type { Turn } from "./scheduler.js";
import { projectPath } from "./uri.js";
import type { WorkspaceFiles } from "./workspace.js";

/** So many files go to a worker at once. */
const batchSize = 20;

interface Reading {
  readonly file: string;
  readonly document: RenderDocument;
}

/** Reads the definitions of a project that are not open, so that rules across files see all of them. */
export class WorkspaceScanner {
  readonly #files: WorkspaceFiles;
  readonly #host: RenderHost;
  readonly #texts: () => ReadonlyMap<string, string>;
  readonly #warn: (message: string) => void;
  /** The newest reading of each file: an older one that takes longer does not count any more. */
  readonly #newest = new Map<string, Reading | object>();

  /**
   * @param texts of the files that are open
   * @param warn takes what is passed over
   */
  constructor(
    files: WorkspaceFiles,
    host: RenderHost,
    texts: () => ReadonlyMap<string, string>,
    warn: (message: string) => void,
  ) {
    this.#files = files;
    this.#host = host;
    this.#texts = texts;
    this.#warn = warn;
  }

  /** Fills the project's index with a folder's definitions. Lets the editor's own work in between after each file. */
  async scan(project: Project, folder: string, turn: Turn): Promise<void> {
    const seen = new Set<string>();
    let batch: Reading[] = [];
    for (const file of await this.#files.definitions(folder, () => turn.yieldOrAbort())) {
      seen.add(projectPath(project.config.root, file));
      const reading = await this.#read(project, file);
      if (reading) batch.push(reading);
      if (batch.length === batchSize) {
        await this.#summarize(project, batch, turn.signal);
        batch = [];
      }
      await turn.yieldOrAbort();
    }
    await this.#summarize(project, batch, turn.signal);
    await turn.yieldOrAbort();
    const within = projectPath(project.config.root, folder);
    project.index.prune((path) => (within === "" || path.startsWith(`${within}/`)) && !seen.has(path));
  }

  /** One file that is new, has changed or is gone. */
  async scanFile(project: Project, file: string): Promise<void> {
    const reading = await this.#read(project, file);
    if (reading) await this.#summarize(project, [reading]);
  }

  /** A definition's text; what is none is taken out of the index. */
  async #read(project: Project, file: string): Promise<Reading | undefined> {
    const relative = projectPath(project.config.root, file);
    const begun = {};
    this.#newest.set(file, begun);
    const source = project.isExcluded(relative) ? undefined : await this.#files.definition(file);
    if (this.#newest.get(file) !== begun) return undefined;
    if (source !== undefined && mayBeDefinition(classify(source, file), file)) {
      const reading = { file, document: { path: relative, source } };
      this.#newest.set(file, reading);
      return reading;
    }
    this.#newest.delete(file);
    project.index.setOnDisk(relative, undefined);
    return undefined;
  }

  async #summarize(project: Project, batch: readonly Reading[], signal?: AbortSignal): Promise<void> {
    const { profiles, mounts, saltenv } = project;
    const results = await this.#host.run(
      summaryTask,
      { profiles, settings: { mounts, saltenv, texts: this.#texts() } },
      batch.map(({ document }) => document),
      signal,
    );
    if (signal?.aborted) return;
    for (const [index, reading] of batch.entries()) this.#take(project, reading, results[index]);
  }

  /** Of a rendering that was not finished nothing follows: the file's last summary stays. */
  #take(project: Project, reading: Reading, result: Summarized | NotFinished | undefined): void {
    if (this.#newest.get(reading.file) !== reading) return;
    this.#newest.delete(reading.file);
    const { path } = reading.document;
    if (result && !(result instanceof NotFinished)) project.index.setOnDisk(path, result.summary, result.imports);
    else if (result?.reason === "memory")
      this.#warn(`${path}: rendering it takes more memory than a definition is given; what was known of it stays`);
  }
}
