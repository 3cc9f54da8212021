import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { LineTable } from "../lines.js";
import type { Problem } from "../problem.js";
import { toJson } from "../value/convert.js";
import type { Json } from "../value/types.js";
import { loadYaml } from "../yaml/index.js";
import type { YamlNode } from "../yaml/node.js";
import { builtinProfiles, defaultProfileNames } from "./builtin-profiles.js";
import { ProfileError, profileFrom } from "./parse-profile.js";
import type { Profile } from "./profile.js";
import {
  defaultProject,
  type LintConfig,
  type ProjectConfig,
  projectFileName,
  type RuleLevel,
  type TargetConfig,
} from "./project.js";
import { projectShape } from "./project-shape.js";
import type { RecordShape } from "./shape.js";
import { checkShape, collectProblems } from "./shape-check.js";

export interface LoadedProject {
  readonly config: ProjectConfig;
  /** Located in `text`. The part of the file that is wrong counts as not there. */
  readonly problems: readonly Problem[];
  /** Of the project file; empty without one. */
  readonly text: string;
}

const sizeLimit = 1024 * 1024;

/** The project file that holds in a folder: its own, or that of the nearest folder above. */
export function findProjectFile(folder: string): string | undefined {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    const candidate = path.join(current, projectFileName);
    if (existsSync(candidate)) return candidate;
    if (current === path.dirname(current)) return undefined;
  }
}

/** The settings that hold in a folder. Never throws: what cannot be read is a problem, and the defaults hold instead. */
export function loadProject(folder: string): LoadedProject {
  const file = findProjectFile(folder);
  if (!file) return { config: defaultProject(path.resolve(folder)), problems: [], text: "" };
  try {
    const status = statSync(file);
    if (!status.isFile()) return broken(file, "is no file");
    if (status.size > sizeLimit) return broken(file, "is larger than 1 MB, which is no project file");
    return parseProject(readFileSync(file, "utf8"), file);
  } catch (error) {
    return broken(file, `cannot be read: ${(error as Error).message}`);
  }
}

/** @param file absolute path, for the folder that relative paths start from */
export function parseProject(text: string, file: string): LoadedProject {
  const root = path.dirname(file);
  const defaults = { ...defaultProject(root), file };
  const loaded = loadYaml(text);
  if (loaded.problems.length > 0) return { config: defaults, problems: loaded.problems, text };
  if (!loaded.root || loaded.data === null) return { config: defaults, problems: [], text };

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
  const resolve = (relative: string) => path.resolve(root, relative);
  const profiles = readProfiles(sections.get("profiles"), root, report);
  const config: ProjectConfig = {
    ...defaults,
    ...profiles,
    fileRoots: ((json("fileRoots") ?? []) as string[]).map(resolve),
    exclude: (json("exclude") ?? []) as string[],
    lint: readLint((json("lint") ?? {}) as LintSection, resolve),
    targets: readTargets((json("targets") ?? {}) as { [name: string]: TargetSection }),
    salt: readSalt((json("salt") ?? {}) as { [name: string]: Json }, resolve),
  };
  return { config, problems, text };
}

/** A problem as one line for a terminal: `.winrepo.yaml:3:5: message`. */
export function describeProjectProblem(loaded: LoadedProject, problem: Problem, cwd: string): string {
  const { line, character } = new LineTable(loaded.text).position(problem.range.start);
  const file = loaded.config.file ? path.relative(cwd, loaded.config.file) : projectFileName;
  return `${file}:${line + 1}:${character + 1}: ${problem.message}`;
}

function broken(file: string, what: string): LoadedProject {
  const problem: Problem = {
    code: "project-file",
    severity: "error",
    message: `the project file ${what}; defaults are used instead`,
    range: { start: 0, end: 0 },
    line: 1,
  };
  return { config: { ...defaultProject(path.dirname(file)), file }, problems: [problem], text: "" };
}

function readProfiles(
  node: YamlNode | undefined,
  root: string,
  report: (node: YamlNode, message: string) => void,
): Pick<ProjectConfig, "profiles" | "ownProfiles"> {
  if (node?.kind !== "sequence") return { profiles: defaultProfileNames, ownProfiles: [] };
  const names: string[] = [];
  const ownProfiles: Profile[] = [];
  for (const item of node.items) {
    const entry = toJson(item.value);
    if (typeof entry === "string") {
      const isBuiltin = builtinProfiles.some(({ name }) => name === entry);
      const isFile = /[\\/]|\.(json|ya?ml)$/i.test(entry);
      if (isBuiltin || isFile) names.push(isBuiltin ? entry : path.resolve(root, entry));
      else
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

type Levels = { [code: string]: RuleLevel | false };

interface LintSection {
  readonly rules?: Levels | null;
  readonly overrides?: readonly { readonly files?: readonly string[] | null; readonly rules?: Levels | null }[] | null;
  readonly knownKeys?: readonly string[] | null;
  readonly baseline?: string | null;
  readonly maxWarnings?: number | null;
}

function readLint(section: LintSection, resolve: (relative: string) => string): LintConfig {
  return {
    rules: readLevels(section.rules ?? {}),
    overrides: (section.overrides ?? []).map(({ files, rules }) => ({
      files: files ?? [],
      rules: readLevels(rules ?? {}),
    })),
    knownKeys: section.knownKeys ?? [],
    baseline: section.baseline ? resolve(section.baseline) : undefined,
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

function readTargets(section: { [name: string]: TargetSection }): Map<string, TargetConfig> {
  return new Map(Object.entries(section).map(([name, { kind, ...settings }]) => [name, { name, kind, settings }]));
}

function readSalt(section: { [name: string]: Json }, resolve: (relative: string) => string): ProjectConfig["salt"] {
  const { minion, master, saltenv, ...options } = section;
  const file = (value: Json | undefined) => (typeof value === "string" ? resolve(value) : undefined);
  return {
    minion: file(minion),
    master: file(master),
    saltenv: typeof saltenv === "string" ? saltenv : "base",
    options,
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
