import { existsSync } from "node:fs";
import path from "node:path";
import { isBelow } from "../files/inside.js";
import { FileRefused, readRegularFile } from "../files/read-regular-file.js";
import { LineTable } from "../lines.js";
import type { Problem } from "../problem.js";
import { rememberSecretsIn } from "../secrets.js";
import { toJson } from "../value/convert.js";
import type { Json } from "../value/types.js";
import { loadYaml } from "../yaml/index.js";
import type { YamlNode } from "../yaml/node.js";
import { builtinProfiles, defaultProfileNames } from "./builtin-profiles.js";
import { ProfileError, profileFrom } from "./parse-profile.js";
import { PathSettings } from "./path-settings.js";
import type { Profile } from "./profile.js";
import {
  defaultProject,
  type LintConfig,
  type ProjectConfig,
  projectFileName,
  type RuleLevel,
  type TargetConfig,
} from "./project.js";
import { projectShape, simulatedTarget } from "./project-shape.js";
import { readSaltOptions } from "./salt-check.js";
import { variantOf } from "./salt-variants.js";
import type { RecordShape } from "./shape.js";
import { checkShape, collectProblems } from "./shape-check.js";
import { targetShapes } from "./target-shapes.js";

export interface LoadedProject {
  readonly config: ProjectConfig;
  /** Located in `text`. The part of the file that is wrong counts as not there. */
  readonly problems: readonly Problem[];
  /** Of the project file; empty without one. */
  readonly text: string;
}

const maxBytes = 1024 * 1024;

/** A project and what its file says; without a file, a folder and an empty text. */
export interface NamedProject {
  readonly root: string;
  readonly file: string | undefined;
  readonly text: string;
}

/** What is known of a project beyond its file. */
export interface ProjectFacts {
  /** Whether the person trusts this project: by what its file says, for the file may have changed since. Default: nobody does. */
  readonly trusts?: (project: NamedProject) => boolean;
  /** Folders of this machine in which things are kept, wherever they lie. */
  readonly kept?: readonly string[];
}

/** The project file that holds in a folder: its own, or that of the nearest folder above. */
export function findProjectFile(folder: string): string | undefined {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    const candidate = path.join(current, projectFileName);
    if (existsSync(candidate)) return candidate;
    if (current === path.dirname(current)) return undefined;
  }
}

/** The settings that hold in a folder. Never throws: what cannot be read is a problem, and the defaults hold instead. */
export function loadProject(folder: string, facts: ProjectFacts = {}): LoadedProject {
  const file = findProjectFile(folder);
  if (!file) return { config: withFacts(defaultProject(path.resolve(folder)), facts), problems: [], text: "" };
  try {
    return parseProject(readRegularFile(file, { maxBytes }).toString("utf8"), file, facts);
  } catch (error) {
    const reason = (error as Error).message;
    return broken(file, error instanceof FileRefused ? reason : `cannot be read: ${reason}`, facts);
  }
}

function withFacts(config: ProjectConfig, { kept = [], trusts }: ProjectFacts, text = ""): ProjectConfig {
  const trusted = trusts?.({ root: config.root, file: config.file, text }) ?? false;
  return { ...config, trusted, kept: [...config.kept, ...kept] };
}

/** @param file absolute path, for the folder that relative paths start from */
export function parseProject(text: string, file: string, facts: ProjectFacts = {}): LoadedProject {
  const root = path.dirname(file);
  const defaults = withFacts({ ...defaultProject(root), file }, facts, text);
  const loaded = loadYaml(text);
  if (loaded.problems.length > 0) return { config: defaults, problems: loaded.problems, text };
  if (!loaded.root || loaded.data === null) return { config: defaults, problems: [], text };

  rememberSecretsIn(toJson(loaded.root.value));
  const problems: Problem[] = [];
  const report = collectProblems(text, "project-file", problems);
  const sections = new Map<string, YamlNode>();
  if (loaded.root.kind !== "mapping") {
    checkShape(loaded.root, projectShape, "", report);
    return { config: defaults, problems, text };
  }
  // Section by section, so that a mistake in one does not cost the others.
  for (const pair of loaded.root.pairs) {
    const only = { ...loaded.root, pairs: [pair] };
    if (checkShape(only, projectShape, "", report) && pair.value.value !== null) {
      sections.set(String(pair.key.value), pair.value);
    }
  }
  const json = (name: string): Json | undefined => {
    const node = sections.get(name);
    return node && toJson(node.value);
  };
  const paths = new PathSettings(defaults);
  const targets = readTargets(sections.get("targets"), report);
  const profiles = forSaltVersions(
    readProfiles(sections.get("profiles"), paths, report),
    ((json("saltVersions") ?? []) as (string | number)[]).map(String),
  );
  const config: ProjectConfig = {
    ...defaults,
    ...profiles,
    fileRoots: ((json("fileRoots") ?? []) as string[]).flatMap(
      (named, index) => paths.resolve(named, "fileRoot", `fileRoots[${index}]`) ?? [],
    ),
    exclude: (json("exclude") ?? []) as string[],
    lint: readLint((json("lint") ?? {}) as LintSection, paths),
    targets,
    kept: [...defaults.kept, ...machineFolders(targets, root)],
    salt: readSalt(sections.get("salt"), text, paths, problems),
    untrusted: paths.refused,
  };
  return { config, problems, text };
}

/** Where the project itself says that machines lie: whatever lies there is no part of the repository. */
function machineFolders(targets: ReadonlyMap<string, TargetConfig>, root: string): string[] {
  return [...targets.values()]
    .flatMap(({ settings }) => [settings.folder, settings.prefix])
    .flatMap((folder) => (typeof folder === "string" && folder !== "" ? [path.resolve(root, folder)] : []))
    .filter((folder) => !isBelow(folder, root));
}

/** A problem as one line for a terminal: `.winrepo.yaml:3:5: message`. */
export function describeProjectProblem(loaded: LoadedProject, problem: Problem, cwd: string): string {
  const { line, character } = new LineTable(loaded.text).position(problem.range.start);
  const file = loaded.config.file ? path.relative(cwd, loaded.config.file) : projectFileName;
  return `${file}:${line + 1}:${character + 1}: ${problem.message}`;
}

function broken(file: string, what: string, facts: ProjectFacts): LoadedProject {
  const problem: Problem = {
    code: "project-file",
    severity: "error",
    message: `the project file ${what}; defaults are used instead`,
    range: { start: 0, end: 0 },
    line: 1,
  };
  return { config: { ...withFacts(defaultProject(path.dirname(file)), facts), file }, problems: [problem], text: "" };
}

function readProfiles(
  node: YamlNode | undefined,
  paths: PathSettings,
  report: (node: YamlNode, message: string) => void,
): Pick<ProjectConfig, "profiles" | "ownProfiles"> {
  if (node?.kind !== "sequence") return { profiles: defaultProfileNames, ownProfiles: [] };
  const names: string[] = [];
  const ownProfiles: Profile[] = [];
  for (const [index, item] of node.items.entries()) {
    const entry = toJson(item.value);
    if (typeof entry === "string") {
      const isBuiltin = builtinProfiles.some(({ name }) => name === entry);
      const isFile = /[\\/]|\.(json|ya?ml)$/i.test(entry);
      const name = isBuiltin ? entry : isFile ? paths.resolve(entry, "profile", `profiles[${index}]`) : undefined;
      if (name !== undefined) names.push(name);
      else if (!isFile)
        report(
          item,
          `profiles: there is no profile '${entry}' (there are ${builtinProfiles.map(({ name }) => name).join(", ")})`,
        );
      continue;
    }
    try {
      const own = profileFrom(entry, "", "the profile");
      ownProfiles.push(own);
      names.push(own.name);
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      report(item, `profiles: ${error.message}`);
    }
  }
  return { profiles: names.length > 0 ? names : defaultProfileNames, ownProfiles };
}

/** Each profile that does not say which Salt it runs once for each of the releases. */
function forSaltVersions(
  { profiles, ownProfiles }: Pick<ProjectConfig, "profiles" | "ownProfiles">,
  versions: readonly string[],
): Pick<ProjectConfig, "profiles" | "ownProfiles"> {
  const varies = (name: string) =>
    builtinProfiles.some((builtin) => builtin.name === name) ||
    ownProfiles.some((own) => own.name === name && own.saltVersion === undefined);
  const names = profiles.flatMap((name) =>
    versions.length > 0 && varies(name) ? versions.map((version) => variantOf(name, version)) : [name],
  );
  return { profiles: names, ownProfiles };
}

type Levels = { [code: string]: RuleLevel | false };

interface LintSection {
  readonly rules?: Levels | null;
  readonly overrides?: readonly { readonly files?: readonly string[] | null; readonly rules?: Levels | null }[] | null;
  readonly knownKeys?: readonly string[] | null;
  readonly baseline?: string | null;
  readonly maxWarnings?: number | null;
}

function readLint(section: LintSection, paths: PathSettings): LintConfig {
  return {
    rules: readLevels(section.rules ?? {}),
    overrides: (section.overrides ?? []).map(({ files, rules }) => ({
      files: files ?? [],
      rules: readLevels(rules ?? {}),
    })),
    knownKeys: section.knownKeys ?? [],
    baseline: section.baseline ? paths.resolve(section.baseline, "baseline", "lint.baseline") : undefined,
    maxWarnings: section.maxWarnings ?? undefined,
  };
}

function readLevels(levels: Levels): Map<string, RuleLevel> {
  // YAML 1.1 reads an unquoted `off` as false.
  return new Map(Object.entries(levels).map(([code, level]) => [code, level === false ? "off" : level]));
}

interface TargetSection {
  readonly kind: TargetConfig["kind"];
  readonly [setting: string]: Json;
}

function readTargets(
  node: YamlNode | undefined,
  report: (node: YamlNode, message: string) => void,
): Map<string, TargetConfig> {
  const targets = new Map<string, TargetConfig>();
  for (const { key, value } of node?.kind === "mapping" ? node.pairs : []) {
    const name = String(key.value);
    const { kind, ...settings } = toJson(value.value) as unknown as TargetSection;
    if (name === simulatedTarget && kind !== "simulated") {
      report(value, `targets.${name}: the name ${name} is that of the simulated machine; give this one another name`);
      continue;
    }
    // A target stays although a setting is wrong: then it says so itself, instead of that there is none.
    const shape = targetShapes[kind];
    if (shape) checkShape(value, shape, `targets.${name}`, report);
    targets.set(name, { name, kind, settings });
  }
  return targets;
}

/** What the section sets of its own, beside Salt's options. */
const ownSaltSettings = ["minion", "master", "saltenv"];

function readSalt(
  node: YamlNode | undefined,
  text: string,
  paths: PathSettings,
  problems: Problem[],
): ProjectConfig["salt"] {
  if (node?.kind !== "mapping") return defaultProject("").salt;
  const { minion, master, saltenv } = toJson(node.value) as { [name: string]: Json };
  const file = (value: Json | undefined, setting: string) =>
    typeof value === "string" ? paths.resolve(value, "saltConfig", setting) : undefined;
  const read = readSaltOptions(text, node, ownSaltSettings);
  problems.push(...read.problems.map((problem) => ({ ...problem, message: `salt: ${problem.message}` })));
  return {
    minion: file(minion, "salt.minion"),
    master: file(master, "salt.master"),
    saltenv: typeof saltenv === "string" ? saltenv : "base",
    options: Object.fromEntries(read.options.map(({ name, value }) => [name, value])),
  };
}

/** Codes of rules in the file that no rule has, with their places: the loader itself knows no rules. */
export function checkRuleCodes(loaded: LoadedProject, known: ReadonlySet<string>): Problem[] {
  const { root } = loadYaml(loaded.text);
  if (root?.kind !== "mapping") return [];
  const problems: Problem[] = [];
  const rules = { kind: "map", keys: [...known], value: { kind: "any", doc: "" }, doc: "" } as const;
  const shape: RecordShape = {
    kind: "record",
    open: true,
    doc: "",
    fields: {
      lint: {
        kind: "record",
        open: true,
        doc: "",
        fields: {
          rules,
          overrides: { kind: "list", item: { kind: "record", open: true, doc: "", fields: { rules } }, doc: "" },
        },
      },
    },
  };
  checkShape(root, shape, "", collectProblems(loaded.text, "project-file", problems));
  return problems;
}
