import { looksLikeDefinition } from "../../engine/definition/detect.js";
import { DefinitionView } from "../../engine/definition/view.js";
import { summarize } from "../../engine/lint/summary.js";
import { decodeUtf8 } from "../../engine/render/decode.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { discoverDefinitions } from "../../engine/repo/discover.js";
import { readDefinition } from "../../engine/repo/read-definition.js";
import type { Project } from "./projects.js";
import { StaleError, type Turn } from "./scheduler.js";
import { projectPath } from "./uri.js";

/** Reads the definitions of a project that are not open, so that rules across files see all of them. */
export class Scanner {
  /** Fills the project's index with a folder's definitions. Lets the editor's own work in between after each file. */
  async scan(project: Project, folder: string, turn: Turn): Promise<void> {
    const seen = new Set<string>();
    for (const file of await filesOf(folder, turn)) {
      seen.add(projectPath(project.config.root, file));
      await this.scanFile(project, file);
      await turn.yieldOrAbort();
    }
    const within = projectPath(project.config.root, folder);
    for (const known of project.index.paths) {
      if ((within === "" || known.startsWith(`${within}/`)) && !seen.has(known))
        project.index.setOnDisk(known, undefined);
    }
  }

  /** One file that is new, has changed or is gone. */
  async scanFile(project: Project, file: string): Promise<void> {
    const relative = projectPath(project.config.root, file);
    const source = project.isExcluded(relative) ? undefined : await readText(file);
    if (source === undefined || !looksLikeDefinition(source, relative)) {
      project.index.setOnDisk(relative, undefined);
      return;
    }
    const { fileServer, saltenv, profiles } = project;
    const views = profiles.map((profile) => {
      const rendered = renderDefinition(source, { path: relative, profile, fileServer, saltenv });
      return new DefinitionView(source, rendered);
    });
    project.index.setOnDisk(relative, summarize(relative, views));
  }
}

/** The files of a folder, absolute; none of one that is gone or cannot be read. */
async function filesOf(folder: string, turn: Turn): Promise<readonly string[]> {
  try {
    const { files } = await discoverDefinitions(folder, { pause: () => turn.yieldOrAbort() });
    return files.map(({ absolute }) => absolute);
  } catch (error) {
    if (error instanceof StaleError) throw error;
    return [];
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const decoded = decodeUtf8(await readDefinition(file));
    return "failure" in decoded ? undefined : decoded.text;
  } catch {
    return undefined;
  }
}
