import { classify, type FileKind, isInRepositoryFolder } from "../../engine/definition/classify.js";
import { DefinitionDocument } from "../languages/definition/document.js";
import type { Projects } from "./projects.js";
import { projectPath, uriToFile } from "./uri.js";

export interface OpenText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** What a text is for certain, however little of it is typed yet. */
const otherKinds: ReadonlySet<FileKind> = new Set(["state", "top", "configuration"]);

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
    const isDefinition = this.#isDefinition(uri, languageId, text, path);
    if (!isDefinition || this.#projects.forUri(uri).isExcluded(path)) {
      this.#definitions.delete(uri);
      return undefined;
    }
    const document = new DefinitionDocument(uri, path, version, text);
    this.#definitions.set(uri, document);
    return document;
  }

  #isDefinition(uri: string, languageId: string, text: string, path: string): boolean {
    const isSls = path.endsWith(".sls");
    if (isSls && isInRepositoryFolder(path)) return true;
    const { kind } = classify(text, path);
    if (kind === "definition") return isSls || languageId === "winrepo";
    const wasDefinition = languageId === "winrepo" || (isSls && this.#definitions.has(uri));
    return wasDefinition && !otherKinds.has(kind);
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
