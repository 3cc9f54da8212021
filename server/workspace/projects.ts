import path from "node:path";
import { pathMatcher } from "../../engine/config/path-glob.js";
import type { Profile } from "../../engine/config/profile.js";
import { loadProfile } from "../../engine/config/profile-loader.js";
import type { ProjectConfig } from "../../engine/config/project.js";
import type { LoadedProject } from "../../engine/config/project-loader.js";
import type { LintOptions } from "../../engine/lint/document.js";
import { LintSettings } from "../../engine/lint/settings.js";
import { DiskFileServer, type FileServer, repositoryMounts } from "../../engine/render/file-server.js";
import { DefinitionIndex } from "./definition-index.js";
import { uriToFile } from "./uri.js";

/** A folder of definitions with its settings, as rendering and linting want them. */
export interface Project {
  readonly config: ProjectConfig;
  readonly profiles: readonly Profile[];
  readonly lint: LintOptions & { readonly settings: LintSettings };
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
  readonly #reports: ProjectReports;
  #folders: readonly string[];

  /** @param folders the workspace's folders, absolute */
  constructor(folders: readonly string[], load: ProjectLoader, reports: ProjectReports) {
    this.#folders = folders;
    this.#load = load;
    this.#reports = reports;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
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
    const within = this.#folders.filter((folder) => file.startsWith(folder + path.sep));
    const nearest = within.sort((a, b) => b.length - a.length)[0];
    return this.inFolder(nearest ?? path.dirname(file));
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

  /** Forgets everything that was read: a project file has changed. */
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
    const mounts = [...config.fileRoots.map((root) => ({ at: "", folder: root })), ...repositoryMounts(config.root)];
    return {
      config,
      profiles,
      lint: { settings, knownKeys: config.lint.knownKeys, profiles },
      fileServer: new DiskFileServer(mounts),
      saltenv: config.salt.saltenv,
      index: new DefinitionIndex(),
      isExcluded: pathMatcher(config.exclude),
    };
  }

  #profiles(config: ProjectConfig): readonly Profile[] {
    return config.profiles.flatMap((name) => {
      try {
        return [loadProfile(name, config.root, config.ownProfiles)];
      } catch (error) {
        this.#reports.warn(error instanceof Error ? error.message : String(error));
        return [];
      }
    });
  }
}
