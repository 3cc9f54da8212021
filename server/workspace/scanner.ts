import { classify, mayBeDefinition } from "../../engine/definition/classify.js";
import { DefinitionView } from "../../engine/definition/view.js";
import { summarize } from "../../engine/lint/summary.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import type { Project } from "./projects.js";
import type { Turn } from "./scheduler.js";
import { projectPath } from "./uri.js";
import type { WorkspaceFiles } from "./workspace.js";

/** Reads the definitions of a project that are not open, so that rules across files see all of them. */
export class WorkspaceScanner {
  readonly #files: WorkspaceFiles;
  /** The newest reading of each file: an older one that takes longer does not count any more. */
  readonly #newest = new Map<string, object>();

  constructor(files: WorkspaceFiles) {
    this.#files = files;
  }

  /** Fills the project's index with a folder's definitions. Lets the editor's own work in between after each file. */
  async scan(project: Project, folder: string, turn: Turn): Promise<void> {
    const seen = new Set<string>();
    for (const file of await this.#files.definitions(folder, () => turn.yieldOrAbort())) {
      seen.add(projectPath(project.config.root, file));
      await this.scanFile(project, file);
      await turn.yieldOrAbort();
    }
    const within = projectPath(project.config.root, folder);
    project.index.prune((path) => (within === "" || path.startsWith(`${within}/`)) && !seen.has(path));
  }

  /** One file that is new, has changed or is gone. */
  async scanFile(project: Project, file: string): Promise<void> {
    const relative = projectPath(project.config.root, file);
    const reading = {};
    this.#newest.set(file, reading);
    const source = project.isExcluded(relative) ? undefined : await this.#files.definition(file);
    if (this.#newest.get(file) !== reading) return;
    this.#newest.delete(file);
    if (source === undefined || !mayBeDefinition(classify(source, file), file)) {
      project.index.setOnDisk(relative, undefined);
      return;
    }
    const { fileServer, saltenv, profiles } = project;
    const renders = profiles.map((profile) =>
      renderDefinition(source, { path: relative, profile, fileServer, saltenv }),
    );
    const views = renders.map((rendered) => new DefinitionView(source, rendered));
    project.index.setOnDisk(relative, summarize(relative, views), [
      ...new Set(renders.flatMap(({ imports }) => imports)),
    ]);
  }
}
