import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { looksLikeDefinition } from "../../engine/definition/detect.js";
import { DefinitionContext } from "../../engine/lint/definition-context.js";
import { summarize } from "../../engine/lint/summary.js";
import { decodeUtf8 } from "../../engine/render/decode.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import type { Project } from "./projects.js";
import type { Turn } from "./scheduler.js";
import { projectPath } from "./uri.js";

/** A definition is a text of a few kilobytes; what is larger is no definition, and is not read. */
const sizeLimit = 5 * 1024 * 1024;
const skippedFolders = new Set(["node_modules"]);

/** Reads the definitions of a project that are not open, so that rules across files see all of them. */
export class Scanner {
  /** Fills the project's index with a folder's definitions. Lets the editor's own work in between after each file. */
  async scan(project: Project, folder: string, turn: Turn): Promise<void> {
    const seen = new Set<string>();
    for await (const file of definitionFiles(folder, turn)) {
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
    const contexts = profiles.map((profile) => {
      const rendered = renderDefinition(source, { path: relative, profile, fileServer, saltenv });
      return new DefinitionContext(rendered, source, profile, [], () => {});
    });
    project.index.setOnDisk(relative, summarize(relative, contexts));
  }
}

async function* definitionFiles(folder: string, turn: Turn): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return; // Gone or not readable: nothing to find there.
  }
  for (const entry of entries) {
    const entryPath = path.join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith(".sls")) yield entryPath;
    else if (entry.isDirectory() && !entry.name.startsWith(".") && !skippedFolders.has(entry.name)) {
      await turn.yieldOrAbort();
      yield* definitionFiles(entryPath, turn);
    }
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).size > sizeLimit) return undefined;
    const decoded = decodeUtf8(await readFile(file));
    return "failure" in decoded ? undefined : decoded.text;
  } catch {
    return undefined;
  }
}
