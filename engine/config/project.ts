import { type KeptFolders, ownFolder } from "../own-folder.js";
import type { Severity } from "../problem.js";
import type { Json } from "../value/types.js";
import { defaultProfileNames } from "./builtin-profiles.js";
import type { Profile } from "./profile.js";

/** How a rule is reported: with a severity of its own, or not at all. */
export type RuleLevel = Severity | "off";

export interface RuleOverride {
  /** Globs relative to the project's folder. */
  readonly files: readonly string[];
  readonly rules: ReadonlyMap<string, RuleLevel>;
}

export interface LintConfig {
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Later entries win over earlier ones. */
  readonly overrides: readonly RuleOverride[];
  /** Attribute names beyond Salt's own that this repository uses on purpose. */
  readonly knownKeys: readonly string[];
  /** Absolute path of the baseline file. */
  readonly baseline: string | undefined;
  readonly maxWarnings: number | undefined;
}

/** A machine that packages are tried on. Which of the settings count depends on `kind`; the target's own module reads them. */
export interface TargetConfig {
  readonly name: string;
  readonly kind: "simulated" | "windows" | "wine" | "ssh" | "salt";
  readonly settings: { readonly [name: string]: Json };
}

export interface SaltConfig {
  /** Absolute paths of Salt's own configuration files, when they are to be read. */
  readonly minion: string | undefined;
  readonly master: string | undefined;
  readonly saltenv: string;
  /** `winrepo_*`, `cachedir`, `renderer` … as in a minion's or master's configuration; they win over the files. */
  readonly options: { readonly [name: string]: Json };
}

/** A setting that does not count, because nobody has said that this project is trusted. */
export interface UntrustedSetting {
  /** As in `fileRoots[0]`. */
  readonly setting: string;
  /** What it says and why that needs trust, to go behind its name. */
  readonly reason: string;
}

/** The settings of `.winrepo.yaml`, shared by editor, command line and CI, with every default filled in. */
export interface ProjectConfig {
  /** Absolute folder that relative paths start from: where the project file lies, or the working folder without one. */
  readonly root: string;
  /** Absolute path of the project file; undefined when there is none. */
  readonly file: string | undefined;
  /** Whether the person trusts this project; see {@link UntrustedSetting}. */
  readonly trusted: boolean;
  /** Settings that were left out, because the project is not trusted. */
  readonly untrusted: readonly UntrustedSetting[];
  readonly kept: KeptFolders;
  /** The enabled profiles: names of built-in or own ones, or absolute paths of profile files. */
  readonly profiles: readonly string[];
  /** Profiles whose facts stand in the project file itself. */
  readonly ownProfiles: readonly Profile[];
  /** Absolute folders that stand for `salt://`, first match wins; empty when the repository has none at hand. */
  readonly fileRoots: readonly string[];
  /** Globs relative to the project's folder of files that no command looks at. */
  readonly exclude: readonly string[];
  readonly lint: LintConfig;
  readonly targets: ReadonlyMap<string, TargetConfig>;
  readonly salt: SaltConfig;
}

export const projectFileName = ".winrepo.yaml";

/** What holds in a folder without a project file. */
export function defaultProject(root: string): ProjectConfig {
  return {
    root,
    file: undefined,
    trusted: false,
    untrusted: [],
    kept: [`${root}/${ownFolder}`],
    profiles: defaultProfileNames,
    ownProfiles: [],
    fileRoots: [],
    exclude: [],
    lint: { rules: new Map(), overrides: [], knownKeys: [], baseline: undefined, maxWarnings: undefined },
    targets: new Map(),
    salt: { minion: undefined, master: undefined, saltenv: "base", options: {} },
  };
}
