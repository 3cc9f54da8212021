import path from "node:path";
import picomatch from "picomatch";
import type { Profile } from "../../engine/config/profile.js";
import { loadProfile } from "../../engine/config/profile-loader.js";
import type { ProjectConfig } from "../../engine/config/project.js";
import type { LintOptions } from "../../engine/lint/document.js";
import { LintSettings } from "../../engine/lint/settings.js";
import { DiskFileServer, type FileServer, repositoryMounts } from "../../engine/render/file-server.js";
import { DefinitionIndex } from "./definitionIndex.js";
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

/** Reads the settings that hold in a folder; problems in them go to `report`, and the defaults hold instead. */
export type ProjectLoader = (folder: string, report: (message: string) => void) => ProjectConfig;

/** The projects of the workspace: one for each folder that was opened, and one for each lone file's folder. */
export class Projects {
  readonly #byFolder = new Map<string, Project>();
  readonly #load: ProjectLoader;
  readonly #report: (message: string) => void;
  #folders: readonly string[];

  /** @param folders the workspace's folders, absolute */
  constructor(folders: readonly string[], load: ProjectLoader, report: (message: string) => void) {
    this.#folders = folders;
    this.#load = load;
    this.#report = report;
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
    }
    return project;
  }

  /** Forgets everything that was read: a project file has changed. */
  reload(): void {
    this.#byFolder.clear();
  }

  #make(folder: string): Project {
    const config = this.#load(folder, this.#report);
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
      isExcluded: config.exclude.length > 0 ? picomatch([...config.exclude], { dot: true }) : () => false,
    };
  }

  #profiles(config: ProjectConfig): readonly Profile[] {
    return config.profiles.flatMap((name) => {
      try {
        return [loadProfile(name, config.root, config.ownProfiles)];
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error));
        return [];
      }
    });
  }
}
