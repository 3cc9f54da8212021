import type { CancellationToken } from "vscode-languageserver-protocol";
import type { Mount } from "../../engine/render/file-server.js";
import { fileAt } from "../../engine/repo/disk-file-server.js";
import { templatePath } from "../../engine/template/template-path.js";
import type { DefinitionDocument } from "../languages/definition/document.js";
import { importsOf } from "../languages/jinja/imports.js";
import type { TemplateDocument, TemplateFiles } from "../languages/jinja/template-document.js";
import { MacroDocument } from "../languages/macro/document.js";
import type { Documents, OpenText } from "./documents.js";
import { serverPathsOf } from "./open-texts.js";
import type { Project, Projects } from "./projects.js";
import { fileToUri, uriToFile } from "./uri.js";

/** What templates are read from. */
export interface TemplateReader {
  /** The text that is open in the editor for a file. */
  open(file: string): OpenText | undefined;
  /** The text on disk at a path below a mount; undefined when there is none that may be read. */
  read(mount: Mount, serverPath: string): string | undefined;
  /** Lets everything else that waits have its turn. */
  turn(): Promise<void>;
}

/** The templates of the workspace's projects: definitions and what they import, open or on disk. */
export class Templates implements TemplateFiles {
  readonly #projects: Projects;
  readonly #documents: Documents;
  readonly #source: TemplateReader;
  /** What was read last for a file; a document is made anew when its text has changed. */
  readonly #known = new Map<string, MacroDocument>();

  constructor(projects: Projects, documents: Documents, source: TemplateReader) {
    this.#projects = projects;
    this.#documents = documents;
    this.#source = source;
  }

  /** An open text as one that others import. */
  ofText({
    uri,
    version,
    text,
  }: Pick<OpenText, "uri" | "text"> & { readonly version: number | undefined }): MacroDocument {
    const known = this.#known.get(uri);
    if (known?.lines.text === text && known.version === version) return known;
    const document = new MacroDocument(uri, version, text);
    this.#known.set(uri, document);
    return document;
  }

  /** Whether a definition of the project has asked for a template, itself or through others, or an open one imports it. */
  isImported({ uri }: TemplateDocument): boolean {
    const project = this.#projects.forUri(uri);
    if (project.index.importersOf(serverPaths(uri, project)).length > 0) return true;
    return this.#open(project).some((document) =>
      importsOf(document.template.tree).some(({ path }) => this.imported(document, path)?.uri === uri),
    );
  }

  imported(document: TemplateDocument, name: string): TemplateDocument | undefined {
    const project = this.#projects.forUri(document.uri);
    const serverPath = templatePath(name, this.#pathOf(document, project));
    if (serverPath === undefined) return undefined;
    for (const mount of project.mounts) {
      const found = this.#at(mount, serverPath);
      if (found) return found;
    }
    return undefined;
  }

  isEditable({ uri }: TemplateDocument): boolean {
    const file = uriToFile(uri);
    if (file === undefined || this.#source.open(file)) return true;
    return this.#projects.folderOf(file) !== undefined;
  }

  paths(document: TemplateDocument): readonly string[] {
    const project = this.#projects.forUri(document.uri);
    const named = this.#open(project).flatMap(({ template }) => importsOf(template.tree).map(({ path }) => path));
    const all = new Set([...project.index.imported, ...named]);
    return [...all].filter((path) => this.imported(document, path) !== undefined).sort();
  }

  async importers({ uri }: TemplateDocument, token: CancellationToken): Promise<readonly TemplateDocument[]> {
    const waiting = this.#candidates(uri);
    const seen = new Map<string, TemplateDocument>();
    const importers: TemplateDocument[] = [];
    for (let document = waiting.pop(); document && !token.isCancellationRequested; document = waiting.pop()) {
      if (seen.has(document.uri)) continue;
      seen.set(document.uri, document);
      const importing = document;
      const imported = importsOf(document.template.tree).flatMap((each) => this.imported(importing, each.path) ?? []);
      if (imported.some((each) => each.uri === uri)) importers.push(document);
      waiting.push(...imported);
      // A template may be imported by hundreds: a key that is typed meanwhile comes first.
      await this.#source.turn();
    }
    return importers.sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  /** The definitions that may import a template, directly or through others: those that asked for it, and all open ones. */
  #candidates(uri: string): TemplateDocument[] {
    const project = this.#projects.forUri(uri);
    const mount = { at: "", folder: project.config.root };
    const saved = project.index.importersOf(serverPaths(uri, project));
    return [...saved.flatMap((relative) => this.#at(mount, relative) ?? []), ...this.#open(project)];
  }

  /** The open definitions of a project. */
  #open(project: Project): DefinitionDocument[] {
    return [...this.#documents.all()].filter(({ uri }) => this.#projects.forUri(uri) === project);
  }

  #at(mount: Mount, serverPath: string): TemplateDocument | undefined {
    const file = fileAt(mount, serverPath);
    if (file === undefined) return undefined;
    const open = this.#source.open(file);
    const uri = open?.uri ?? fileToUri(file);
    const definition = this.#documents.get(uri);
    if (definition) return definition;
    const text = open?.text ?? this.#source.read(mount, serverPath);
    return text === undefined ? undefined : this.ofText({ uri, version: open?.version, text });
  }

  /** A template's own path on the file server; a definition has none: Salt renders it from a text. */
  #pathOf({ uri }: TemplateDocument, project: Project): string | undefined {
    if (this.#documents.get(uri)) return undefined;
    return [...serverPaths(uri, project)][0];
  }
}

function serverPaths(uri: string, { mounts }: Project): ReadonlySet<string> {
  const file = uriToFile(uri);
  return new Set(file === undefined ? [] : serverPathsOf(mounts, file));
}
