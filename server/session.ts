import path from "node:path";
import { projectFileName } from "../engine/config/project.js";
import { type LoadedProject, parseProject } from "../engine/config/project-loader.js";
import { LineTable } from "../engine/lines.js";
import type { Mount } from "../engine/render/file-server.js";
import { OverlaidFileServer } from "../engine/repo/disk-file-server.js";
import type { ClientFeatures } from "./languages/client-features.js";
import type { FileLookup } from "./languages/definition/diagnostics.js";
import type { DefinitionDocument, Rendering } from "./languages/definition/document.js";
import { looksLikeMacros } from "./languages/macro/detect.js";
import { diagnostics as macroDiagnostics } from "./languages/macro/diagnostics.js";
import type { MacroDocument } from "./languages/macro/document.js";
import { diagnostics as projectDiagnostics } from "./languages/project-file/diagnostics.js";
import { ProjectFileDocument } from "./languages/project-file/document.js";
import { diagnostics as saltDiagnostics } from "./languages/salt-config/diagnostics.js";
import { Checker, type CheckerOutput } from "./workspace/checker.js";
import { Documents, type OpenText } from "./workspace/documents.js";
import { OpenTexts, serverPathsOf } from "./workspace/open-texts.js";
import { type Project, type ProjectLoader, Projects } from "./workspace/projects.js";
import { Renderings } from "./workspace/renderings.js";
import { SaltFiles } from "./workspace/salt-files.js";
import { WorkspaceScanner } from "./workspace/scanner.js";
import { Scheduler } from "./workspace/scheduler.js";
import { Templates } from "./workspace/templates.js";
import { fileToUri, schemeOf, uriToFile } from "./workspace/uri.js";
import type { FileChange, Workspace } from "./workspace/workspace.js";

export interface SessionOutput extends CheckerOutput {
  classified(uri: string, definition: boolean): void;
}

/** What is open when the editor starts comes first. */
const scanDelayMs = 300;
/** A template that many definitions import is being typed. */
const importersDelayMs = 300;

export interface SessionOptions {
  /** The URIs of the workspace's folders. */
  readonly folders: readonly string[];
  readonly load: ProjectLoader;
  readonly client: ClientFeatures;
  readonly workspace: Workspace;
  readonly output: SessionOutput;
}

/** One editor's workspace: its open texts, what is known of the other files, and the work that is under way. */
export class Session {
  readonly projects: Projects;
  readonly documents: Documents;
  readonly saltFiles: SaltFiles;
  readonly templates: Templates;
  readonly checker: Checker;
  readonly #renderings: Renderings;
  readonly #scheduler: Scheduler;
  readonly #scanner: WorkspaceScanner;
  readonly #client: ClientFeatures;
  readonly #load: ProjectLoader;
  readonly #workspace: Workspace;
  readonly #output: SessionOutput;
  readonly #texts = new OpenTexts();
  /** The open macro files whose problems the editor has. */
  readonly #macrosShown = new Set<string>();
  #folders: readonly string[];
  /** Definitions on disk whose imports have changed, until they are read again. */
  readonly #importers = new Map<Project, Set<string>>();

  constructor({ folders, load, client, workspace, output }: SessionOptions) {
    this.#folders = folders;
    this.#client = client;
    this.#load = load;
    this.#workspace = workspace;
    this.#output = output;
    const openTexts = { get: (file: string) => this.#texts.ofFile(file)?.text };
    const fileServer = (mounts: readonly Mount[]) =>
      new OverlaidFileServer(openTexts, mounts, (each) => workspace.files.fileServer(each));
    this.projects = new Projects(folders.flatMap(toFile), load, fileServer, {
      warn: (message) => output.warn(message),
      loaded: (project) => this.#projectLoaded(project),
    });
    this.documents = new Documents(this.projects);
    this.saltFiles = new SaltFiles(this.projects);
    this.templates = new Templates(this.projects, this.documents, {
      open: (file) => this.#texts.ofFile(file),
      read: (mount, serverPath) => workspace.files.fileServer([mount]).read(serverPath),
      turn: () => workspace.clock.turn(),
    });
    const { files, renderHost } = workspace;
    const texts = () => this.#texts.byFile();
    this.#renderings = new Renderings(renderHost, texts);
    this.#scanner = new WorkspaceScanner(files, renderHost, texts, (message) => output.warn(message));
    this.#scheduler = new Scheduler(workspace.clock, (error) =>
      output.warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    this.checker = new Checker(this.#renderings, this.#scheduler, workspace.clock, client, output, (project) =>
      this.lookup(project),
    );
  }

  /** The editor is ready: reads the definitions that are not open, and hears of changes on disk. */
  start(): void {
    this.#workspace.watcher.watch((changes) => void this.filesChanged(changes));
    this.scan();
  }

  /** Takes the new state of an open text. */
  changed(text: OpenText): void {
    if (!this.#isOurs(text.uri)) return;
    const isNew = this.#texts.get(text.uri) === undefined;
    this.#texts.set(text);
    this.#look(text, isNew);
    this.#importsChanged(toFile(text.uri));
  }

  closed(uri: string): void {
    if (!this.#texts.get(uri)) return;
    this.#texts.delete(uri);
    this.documents.close(uri);
    this.checker.forget(uri);
    if (this.saltFiles.get(uri)) this.#output.publish(uri, undefined, []);
    this.saltFiles.close(uri);
    if (this.#macrosShown.delete(uri)) this.#output.publish(uri, undefined, []);
    // From now on what is on disk counts; not every editor tells when that has changed.
    const file = uriToFile(uri);
    if (file === undefined) return;
    if (path.basename(file) === projectFileName) this.#publishSaved(file);
    this.#importsChanged([file]);
    if (file.endsWith(".sls")) void this.#rescan([file]);
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

  /** The present state of an open file that definitions import. */
  macroFile(uri: string): MacroDocument | undefined {
    const text = this.#texts.get(uri);
    const isOther = this.documents.get(uri) !== undefined || this.saltFiles.get(uri) !== undefined;
    if (!text || isOther || uriToFile(uri) === undefined || !looksLikeMacros(text.text, uri)) return undefined;
    return this.templates.ofText(text);
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
        // Now it is known which templates they import.
        for (const text of this.#texts.all()) this.#publishMacros(text);
      });
    }
  }

  /** @param added URIs, as are `removed` */
  changeFolders(added: readonly string[], removed: readonly string[]): void {
    for (const folder of removed.flatMap(toFile)) this.#scheduler.cancel(`scan ${folder}`);
    this.#folders = [...this.#folders.filter((folder) => !removed.includes(folder)), ...added];
    this.projects.setFolders(this.#folders.flatMap(toFile));
    this.#recheckAll();
    this.scan();
  }

  /** A project file says something else, or counts now as it did not before. */
  settingsChanged(): void {
    this.projects.reload();
    this.#recheckAll();
    this.scan();
  }

  /** Files have changed on disk, in the editor or behind its back. */
  async filesChanged(changes: readonly FileChange[]): Promise<void> {
    const files = changes.flatMap(({ uri }) => toFile(uri));
    if (files.some((file) => this.projects.isSettings(file))) {
      this.settingsChanged();
      return;
    }
    this.#importsChanged(files);
    const deleted = changes.filter(({ kind }) => kind === "deleted").flatMap(({ uri }) => toFile(uri));
    if (deleted.length > 0) this.#prune(deleted);
    await this.#rescan(files.filter((file) => file.endsWith(".sls")));
  }

  dispose(): void {
    this.#scheduler.dispose();
    void this.#workspace.renderHost.close();
  }

  /** Untitled texts and those of the workspace's own file systems; not what a view of an older version shows (`git:`). */
  #isOurs(uri: string): boolean {
    const scheme = schemeOf(uri);
    return scheme === "file" || scheme === "untitled" || this.#folders.some((folder) => schemeOf(folder) === scheme);
  }

  /** Finds out what a text is, and what is wrong with it. */
  #look(text: OpenText, isNew: boolean): void {
    const file = uriToFile(text.uri);
    if (file !== undefined && path.basename(file) === projectFileName) {
      const { trusted } = this.projects.forFile(file).config;
      const project = parseProject(text.text, file, { trusts: () => trusted });
      this.#output.publish(text.uri, text.version, projectDiagnostics(project, this.#client));
      return;
    }
    if (this.#changedSaltFile(text)) return;
    const before = this.documents.get(text.uri);
    const document = this.documents.update(text);
    if (isNew || (before === undefined) !== (document === undefined))
      this.#output.classified(text.uri, document !== undefined);
    if (document) this.checker.schedule(document, this.projects.forUri(text.uri));
    else if (before) this.checker.forget(text.uri);
    this.#publishMacros(text);
  }

  /** What is wrong with a file of macros, once something imports it: other programs have files of that name, too. */
  #publishMacros(text: OpenText): void {
    const macros = this.macroFile(text.uri);
    const isShown = this.#macrosShown.has(text.uri);
    if (macros && this.templates.isImported(macros)) {
      this.#macrosShown.add(text.uri);
      this.#output.publish(text.uri, text.version, macroDiagnostics(macros, this.#client));
    } else if (isShown) {
      this.#macrosShown.delete(text.uri);
      this.#output.publish(text.uri, text.version, []);
    }
  }

  /** Whether a text is a configuration file of Salt's; then what is wrong with it is published. */
  #changedSaltFile(text: OpenText): boolean {
    const before = this.saltFiles.get(text.uri);
    const document = this.saltFiles.update(text);
    if (document || before)
      this.#output.publish(text.uri, text.version, document ? saltDiagnostics(document, this.#client) : []);
    return document !== undefined;
  }

  /** What a template gives is part of a rendering: whoever has asked for one of these files is rendered again. */
  #importsChanged(files: readonly string[]): void {
    for (const project of this.projects.known) {
      const paths = new Set(files.flatMap((file) => serverPathsOf(project.mounts, file)));
      if (paths.size === 0) continue;
      for (const document of this.documents.all()) {
        if (this.projects.forUri(document.uri) !== project) continue;
        if (!this.#renderings.importsOf(document).some((each) => paths.has(each))) continue;
        this.#renderings.forget(document);
        this.checker.schedule(document, project);
      }
      this.#rescanLater(project, project.index.importersOf(paths));
    }
  }

  #rescanLater(project: Project, paths: readonly string[]): void {
    if (paths.length === 0) return;
    const waiting = this.#importers.get(project) ?? new Set();
    this.#importers.set(project, waiting);
    for (const each of paths) waiting.add(each);
    this.#scheduler.schedule(`importers in ${project.config.root}`, importersDelayMs, async (turn) => {
      for (const each of waiting) {
        await this.#scanner.scanFile(project, path.join(project.config.root, each));
        waiting.delete(each);
        await turn.yieldOrAbort();
      }
      this.checker.refreshAcross(project);
    });
  }

  /** Forgets what was found in files that are gone, and in folders that are. */
  #prune(deleted: readonly string[]): void {
    for (const project of this.projects.known) {
      const { root } = project.config;
      project.index.prune((relative) => {
        const file = path.join(root, relative);
        return deleted.some((gone) => file === gone || file.startsWith(gone + path.sep));
      });
      this.checker.refreshAcross(project);
    }
  }

  async #rescan(files: readonly string[]): Promise<void> {
    const touched = new Set<Project>();
    for (const file of files) {
      // What lies outside of the workspace's folders is looked at while it is open.
      if (this.projects.folderOf(file) === undefined) continue;
      const project = this.projects.forFile(file);
      touched.add(project);
      await this.#scanner.scanFile(project, file);
    }
    for (const project of touched) this.checker.refreshAcross(project);
  }

  #recheckAll(): void {
    for (const text of this.#texts.all()) {
      const before = this.documents.get(text.uri);
      if (before) this.#renderings.forget(before);
      this.#look(text, false);
    }
  }

  /** A project file has been closed: what is wrong with it is what is on disk. */
  #publishSaved(file: string): void {
    const saved = this.#load(path.dirname(file));
    if (saved.config.file === file) this.#projectLoaded(saved);
    else this.#output.publish(fileToUri(file), undefined, []);
  }

  /** What is wrong with a project file is shown there, also when it is not open. */
  #projectLoaded(project: LoadedProject): void {
    const { file } = project.config;
    if (file === undefined) return;
    if (!this.#texts.ofFile(file))
      this.#output.publish(fileToUri(file), undefined, projectDiagnostics(project, this.#client));
  }

  /** The files of a project, as the editor has them where they are open. */
  lookup(project: Project): FileLookup {
    return (relative) => {
      const file = path.join(project.config.root, relative);
      const open = this.#texts.ofFile(file);
      // A file that is gone meanwhile is not named; the next look will not find anything there.
      const text = open?.text ?? this.#workspace.files.text(file);
      return text === undefined ? undefined : { uri: open?.uri ?? fileToUri(file), lines: new LineTable(text) };
    };
  }
}

function toFile(uri: string): string[] {
  const file = uriToFile(uri);
  return file === undefined ? [] : [file];
}
