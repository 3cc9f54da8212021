import { looksLikeDefinition } from "../../engine/definition/detect.js";
import { DefinitionDocument } from "../languages/definition/document.js";
import type { Projects } from "./projects.js";
import { projectPath, uriToFile } from "./uri.js";

export interface OpenText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** `  pkg.installed:`, `  - file.managed:`: functions of states, which no definition has. */
const stateFunction = /^[ \t]+(?:-[ \t]+)?[a-z_]\w*\.[a-z_]\w*[ \t]*:/m;

/**
 * The open documents that are package definitions, judged by their content: one of our own language unless it is
 * plainly a state file (however little of it is typed yet), any other when it looks like one. What has been a
 * definition stays one while it is edited: half a line deleted does not make it something else.
 */
export class Documents {
  readonly #definitions = new Map<string, DefinitionDocument>();
  readonly #projects: Projects;

  constructor(projects: Projects) {
    this.#projects = projects;
  }

  get(uri: string): DefinitionDocument | undefined {
    return this.#definitions.get(uri);
  }

  all(): Iterable<DefinitionDocument> {
    return this.#definitions.values();
  }

  /** Takes a document's new state. Undefined when it is no definition. */
  update({ uri, languageId, version, text }: OpenText): DefinitionDocument | undefined {
    const path = this.#pathOf(uri);
    const isOurs = languageId === "winrepo" && !stateFunction.test(text);
    const isDefinition =
      isOurs || (path.endsWith(".sls") && (this.#definitions.has(uri) || looksLikeDefinition(text, path)));
    if (!isDefinition || this.#projects.forUri(uri).isExcluded(path)) {
      this.#definitions.delete(uri);
      return undefined;
    }
    const document = new DefinitionDocument(uri, path, version, text);
    this.#definitions.set(uri, document);
    return document;
  }

  close(uri: string): void {
    this.#definitions.delete(uri);
  }

  #pathOf(uri: string): string {
    const file = uriToFile(uri);
    return file === undefined
      ? uri.replace(/^[\w+.-]+:\/*/, "")
      : projectPath(this.#projects.forFile(file).config.root, file);
  }
}
