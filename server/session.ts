import { readFileSync } from "node:fs";
import path from "node:path";
import type { FileEvent } from "vscode-languageserver-protocol";
import { projectFileName } from "../engine/config/project.js";
import { type LoadedProject, parseProject } from "../engine/config/project-loader.js";
import { LineTable } from "../engine/lines.js";
import type { ClientFeatures } from "./languages/client-features.js";
import type { FileLookup } from "./languages/definition/diagnostics.js";
import type { DefinitionDocument, Rendering } from "./languages/definition/document.js";
import { diagnostics as projectDiagnostics } from "./languages/project-file/diagnostics.js";
import { ProjectFileDocument } from "./languages/project-file/document.js";
import { diagnostics as saltDiagnostics } from "./languages/salt-config/diagnostics.js";
import { Checker, type CheckerOutput } from "./workspace/checker.js";
import { Documents, type OpenText } from "./workspace/documents.js";
import { type Project, type ProjectLoader, Projects } from "./workspace/projects.js";
import { Renderings } from "./workspace/renderings.js";
import { SaltFiles } from "./workspace/salt-files.js";
import { Scanner } from "./workspace/scanner.js";
import { Scheduler } from "./workspace/scheduler.js";
import { fileToUri, uriToFile } from "./workspace/uri.js";

export interface SessionOutput extends CheckerOutput {
  classified(uri: string, definition: boolean): void;
  warn(message: string): void;
}

/** What is open when the editor starts comes first. */
const scanDelayMs = 300;

/** One editor's workspace: its open texts, what is known of the other files, and the work that is under way. */
export class Session {
  readonly projects: Projects;
  readonly documents: Documents;
  readonly saltFiles: SaltFiles;
  readonly checker: Checker;
  readonly #renderings = new Renderings();
  readonly #scheduler: Scheduler;
  readonly #scanner = new Scanner();
  readonly #client: ClientFeatures;
  readonly #output: SessionOutput;
  readonly #texts = new Map<string, OpenText>();

  constructor(folders: readonly string[], load: ProjectLoader, client: ClientFeatures, output: SessionOutput) {
    this.#client = client;
    this.#output = output;
    this.projects = new Projects(folders, load, {
      warn: (message) => output.warn(message),
      loaded: (project) => this.#projectLoaded(project),
    });
    this.documents = new Documents(this.projects);
    this.saltFiles = new SaltFiles(this.projects);
    this.#scheduler = new Scheduler((error) =>
      output.warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    this.checker = new Checker(this.#renderings, this.#scheduler, client, output, (project) => this.lookup(project));
  }

  /** Takes the new state of an open text. */
  changed(text: OpenText): void {
    const isNew = !this.#texts.has(text.uri);
    this.#texts.set(text.uri, text);
    const file = uriToFile(text.uri);
    if (file !== undefined && path.basename(file) === projectFileName) {
      this.#output.publish(text.uri, text.version, projectDiagnostics(parseProject(text.text, file), this.#client));
      return;
    }
    if (this.#changedSaltFile(text)) return;
    const before = this.documents.get(text.uri);
    const document = this.documents.update(text);
    if (isNew || (before === undefined) !== (document === undefined))
      this.#output.classified(text.uri, document !== undefined);
    if (document) this.checker.schedule(document, this.projects.forUri(text.uri));
    else if (before) this.checker.forget(text.uri);
  }

  closed(uri: string): void {
    this.#texts.delete(uri);
    this.documents.close(uri);
    this.checker.forget(uri);
    if (this.saltFiles.get(uri)) this.#output.publish(uri, undefined, []);
    this.saltFiles.close(uri);
    // From now on what is on disk counts; not every editor tells when that has changed.
    const file = uriToFile(uri);
    if (file?.endsWith(".sls")) void this.#rescan([file]);
  }

  /** Whether problems are shown at all. */
  showProblems(enabled: boolean): void {
    this.checker.setEnabled(enabled);
  }

  /** The present state of an open project file. */
  projectFile(uri: string): ProjectFileDocument | undefined {
    const file = path.posix.basename(uri) === projectFileName ? uriToFile(uri) : undefined;
    const text = this.#texts.get(uri);
    return file === undefined || !text ? undefined : new ProjectFileDocument(uri, text.version, file, text.text);
  }

  /** A document's rendering under one profile, of its present state. */
  rendering(document: DefinitionDocument, profile: Project["profiles"][number]): Rendering {
    return this.#renderings.of(document, profile, this.projects.forUri(document.uri));
  }

  /** Reads the definitions that are not open, in the background. */
  scan(): void {
    for (const folder of this.projects.folders) {
      const project = this.projects.inFolder(folder);
      this.#scheduler.schedule(`scan ${folder}`, scanDelayMs, async (turn) => {
        await this.#scanner.scan(project, folder, turn);
        this.checker.refreshAcross(project);
      });
    }
  }

  setFolders(folders: readonly string[]): void {
    this.projects.setFolders(folders);
    this.#recheckAll();
    this.scan();
  }

  /** Files have changed on disk, in the editor or behind its back. */
  async filesChanged(events: readonly FileEvent[]): Promise<void> {
    const files = events.flatMap(({ uri }) => uriToFile(uri) ?? []);
    if (files.some((file) => path.basename(file) === projectFileName)) {
      this.projects.reload();
      this.#recheckAll();
      this.scan();
      return;
    }
    // What an import gives is part of a rendering.
    if (files.some((file) => !file.endsWith(".sls"))) this.#recheckAll();
    await this.#rescan(files.filter((file) => file.endsWith(".sls")));
  }

  dispose(): void {
    this.#scheduler.dispose();
  }

  /** Whether a text is a configuration file of Salt's; then what is wrong with it is published. */
  #changedSaltFile(text: OpenText): boolean {
    const before = this.saltFiles.get(text.uri);
    const document = this.saltFiles.update(text);
    if (document || before)
      this.#output.publish(text.uri, text.version, document ? saltDiagnostics(document, this.#client) : []);
    return document !== undefined;
  }

  async #rescan(files: readonly string[]): Promise<void> {
    const touched = new Set<Project>();
    for (const file of files) {
      const project = this.projects.forFile(file);
      touched.add(project);
      await this.#scanner.scanFile(project, file);
    }
    for (const project of touched) this.checker.refreshAcross(project);
  }

  #recheckAll(): void {
    for (const text of this.#texts.values()) {
      const before = this.documents.get(text.uri);
      if (before) this.#renderings.forget(before);
      this.changed(text);
    }
  }

  /** What is wrong with a project file is shown there, also when it is not open. */
  #projectLoaded(project: LoadedProject): void {
    const { file } = project.config;
    if (file === undefined) return;
    const isOpen = [...this.#texts.keys()].some((uri) => uriToFile(uri) === file);
    if (!isOpen) this.#output.publish(fileToUri(file), undefined, projectDiagnostics(project, this.#client));
  }

  /** The files of a project, as the editor has them where they are open. */
  lookup(project: Project): FileLookup {
    return (relative) => {
      const file = path.join(project.config.root, relative);
      const open = [...this.documents.all()].find(({ uri }) => uriToFile(uri) === file);
      if (open) return open;
      try {
        return { uri: fileToUri(file), lines: new LineTable(readFileSync(file, "utf8")) };
      } catch {
        return undefined; // Gone meanwhile; the next look will not name it.
      }
    };
  }
}
