import path from "node:path";
import { projectExclusions } from "../../engine/config/exclusions.js";
import type { Profile } from "../../engine/config/profile.js";
import { type ProjectConfig, projectFileName } from "../../engine/config/project.js";
import type { LoadedProject } from "../../engine/config/project-loader.js";
import { projectProfile } from "../../engine/config/project-profiles.js";
import type { LintOptions } from "../../engine/lint/document.js";
import { LintSettings } from "../../engine/lint/settings.js";
import type { FileServer, Mount } from "../../engine/render/file-server.js";
import { servedFolders, servedOf } from "../../engine/repo/served-folders.js";
import { DefinitionIndex } from "./definition-index.js";
import { uriToFile } from "./uri.js";

/** A folder of definitions with its settings, as rendering and linting want them. */
export interface Project {
  readonly config: ProjectConfig;
  readonly profiles: readonly Profile[];
  readonly lint: LintOptions & { readonly settings: LintSettings };
  /** What its file server shows. */
  readonly mounts: readonly Mount[];
  readonly fileServer: FileServer;
  readonly saltenv: string;
  readonly index: DefinitionIndex;
  /** @param relative relative to the project's folder, with `/` */
  isExcluded(relative: string): boolean;
}

/** Reads the settings that hold in a folder. */
export type ProjectLoader = (folder: string) => LoadedProject;

/** Where the projects tell what is wrong with their settings. */
export interface ProjectReports {
  warn(message: string): void;
  /** A project file has been read, with or without problems. */
  loaded(project: LoadedProject): void;
}

/** The projects of the workspace: one for each folder that was opened, and one for each lone file's folder. */
export class Projects {
  readonly #byFolder = new Map<string, Project>();
  readonly #byRoot = new Map<string, Project>();
  readonly #load: ProjectLoader;
  readonly #fileServer: (mounts: readonly Mount[]) => FileServer;
  readonly #reports: ProjectReports;
  #folders: readonly string[];

  /** @param folders the workspace's folders, absolute */
  constructor(
    folders: readonly string[],
    load: ProjectLoader,
    fileServer: (mounts: readonly Mount[]) => FileServer,
    reports: ProjectReports,
  ) {
    this.#folders = folders;
    this.#load = load;
    this.#fileServer = fileServer;
    this.#reports = reports;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** The projects that were read so far. */
  get known(): Iterable<Project> {
    return this.#byRoot.values();
  }

  /** What lay in a folder that is no longer one of the workspace's is forgotten. */
  setFolders(folders: readonly string[]): void {
    const gone = this.#folders.filter((folder) => !folders.includes(folder));
    this.#folders = folders;
    for (const folder of gone) {
      const project = this.#byFolder.get(folder);
      this.#byFolder.delete(folder);
      if (!project) continue;
      const { root } = project.config;
      project.index.prune((relative) => this.folderOf(path.join(root, relative)) === undefined);
      if (![...this.#byFolder.values()].includes(project)) this.#byRoot.delete(root);
    }
  }

  /** The innermost of the workspace's folders that a file lies in. */
  folderOf(file: string): string | undefined {
    const within = this.#folders.filter((folder) => file.startsWith(folder + path.sep));
    return within.sort((a, b) => b.length - a.length)[0];
  }

  /** The project that commands and selections are about when no document says otherwise. */
  get main(): Project {
    return this.inFolder(this.#folders[0] ?? process.cwd());
  }

  forUri(uri: string): Project {
    const file = uriToFile(uri);
    return file === undefined ? this.main : this.forFile(file);
  }

  forFile(file: string): Project {
    return this.inFolder(this.folderOf(file) ?? path.dirname(file));
  }

  inFolder(folder: string): Project {
    let project = this.#byFolder.get(folder);
    if (!project) {
      project = this.#make(folder);
      this.#byFolder.set(folder, project);
      this.#byRoot.set(project.config.root, project);
    }
    return project;
  }

  /** Whether a file decides how a project is looked at: its project file, or a file with one of its profiles. */
  isSettings(file: string): boolean {
    if (path.basename(file) === projectFileName) return true;
    return [...this.known].some(({ config }) =>
      config.profiles.some((name) => path.resolve(config.root, name) === file),
    );
  }

  /** Forgets everything that was read: settings have changed. */
  reload(): void {
    this.#byFolder.clear();
    this.#byRoot.clear();
  }

  #make(folder: string): Project {
    const loaded = this.#load(folder);
    const { config } = loaded;
    // Folders below one project file are one project: what they define can clash.
    const known = this.#byRoot.get(config.root);
    if (known) return known;
    this.#reports.loaded(loaded);
    const profiles = this.#profiles(config);
    const settings = new LintSettings(config.lint);
    const mounts = servedFolders(config.root, servedOf(config));
    return {
      config,
      profiles,
      lint: { settings, knownKeys: config.lint.knownKeys, profiles },
      mounts,
      fileServer: this.#fileServer(mounts),
      saltenv: config.salt.saltenv,
      index: new DefinitionIndex(),
      isExcluded: projectExclusions(config),
    };
  }

  #profiles(config: ProjectConfig): readonly Profile[] {
    return config.profiles.flatMap((name) => {
      try {
        return [projectProfile(config, name, config.root)];
      } catch (error) {
        this.#reports.warn(error instanceof Error ? error.message : String(error));
        return [];
      }
    });
  }
}
