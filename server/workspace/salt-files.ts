import { type SaltRole, saltConfigRole } from "../../engine/config/salt-options.js";
import { SaltConfigDocument } from "../languages/salt-config/document.js";
import type { OpenText } from "./documents.js";
import type { Projects } from "./projects.js";
import { uriToFile } from "./uri.js";

/** Other programs keep files in a conf.d, too: one is Salt's for us when it speaks of winrepo. */
const winrepoOption = /^(?:winrepo_\w|win_repo|win_gitrepos)/m;

/**
 * The open configuration files of Salt's master or minion, whichever language the editor takes them for: `minion`,
 * `master`, what lies in their `.d` folders, and what the project file names in its section `salt`.
 */
export class SaltFiles {
  readonly #open = new Map<string, SaltConfigDocument>();
  readonly #projects: Projects;

  constructor(projects: Projects) {
    this.#projects = projects;
  }

  get(uri: string): SaltConfigDocument | undefined {
    return this.#open.get(uri);
  }

  /** Takes a text's new state. Undefined when it is no such file. */
  update({ uri, version, text }: OpenText): SaltConfigDocument | undefined {
    const role = this.#roleOf(uri, text);
    if (!role) {
      this.#open.delete(uri);
      return undefined;
    }
    const document = new SaltConfigDocument(uri, version, role, text);
    this.#open.set(uri, document);
    return document;
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  #roleOf(uri: string, text: string): SaltRole | undefined {
    const file = uriToFile(uri);
    // Git keeps a file for each branch, and `master` is a usual name of one.
    if (file === undefined || /[\\/]\.git[\\/]/.test(file)) return undefined;
    const { minion, master } = this.#projects.forFile(file).config.salt;
    if (file === minion) return "minion";
    if (file === master) return "master";
    const named = saltConfigRole(file);
    if (named) return named;
    // A minion reads every option that a master does.
    return /[\\/]conf\.d[\\/][^\\/]+\.conf$/.test(file) && winrepoOption.test(text) ? "minion" : undefined;
  }
}
