import { readdirSync } from "node:fs";
import path from "node:path";
import { FileRefused, readRegularFile } from "../files/read-regular-file.js";
import { fnmatch } from "../glob.js";
import { LineTable } from "../lines.js";
import type { Json } from "../value/types.js";
import { PathSettings } from "./path-settings.js";
import type { ProjectConfig, UntrustedSetting } from "./project.js";
import { type PathPurpose, pathPurposes } from "./project-path.js";
import { readSaltFile } from "./salt-check.js";
import { optionDefault, type SaltOption, type SaltRole, saltOption, saltOptions } from "./salt-options.js";
import { placeProblems } from "./salt-places.js";
import { type ParsedRemotes, parseRemotes, type RemoteDefaults } from "./salt-remotes.js";

/** Where a value comes from. */
export type SaltOrigin =
  | { readonly kind: "default" }
  /** A file of Salt's, with the line from 1. */
  | { readonly kind: "file"; readonly file: string; readonly line: number }
  /** The section `salt` of the project file. */
  | { readonly kind: "project"; readonly file: string }
  | { readonly kind: "environment"; readonly variable: string };

export interface EffectiveOption {
  readonly option: SaltOption;
  readonly value: Json;
  readonly origin: SaltOrigin;
}

export interface SaltConfigProblem {
  readonly file: string;
  /** Line and column, from 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}

export interface SaltConfiguration {
  readonly role: SaltRole;
  /** By name, in the order of the table; each option of the role has its value. */
  readonly options: ReadonlyMap<string, EffectiveOption>;
  readonly problems: readonly SaltConfigProblem[];
  /** Settings that were left out, because the project is not trusted. */
  readonly untrusted: readonly UntrustedSetting[];
}

/** One reading of a project's configuration. */
interface Reading {
  readonly role: SaltRole;
  readonly problems: SaltConfigProblem[];
  readonly paths: PathSettings;
}

interface Written {
  readonly value: Json;
  readonly origin: SaltOrigin;
}

/** Passwords belong into the environment: these win over every file. */
const environmentVariables: { readonly [option: string]: string } = {
  winrepo_user: "WINREPO_USER",
  winrepo_password: "WINREPO_PASSWORD",
  winrepo_passphrase: "WINREPO_PASSPHRASE",
};

/**
 * The winrepo options that hold for a project. What wins, from weakest to strongest: Salt's defaults; the master's or
 * minion's file; the files that it includes (`minion.d/*.conf` in the order of their names, then `include`); the section
 * `salt` of `.winrepo.yaml`; the environment (WINREPO_USER, WINREPO_PASSWORD, WINREPO_PASSPHRASE). Never throws.
 */
export function loadSaltConfiguration(
  project: ProjectConfig,
  role: SaltRole,
  env: { readonly [name: string]: string | undefined } = {},
): SaltConfiguration {
  const reading: Reading = { role, problems: [], paths: new PathSettings(project) };
  const file = role === "master" ? project.salt.master : project.salt.minion;
  const written = file ? readWithIncludes(file, reading) : new Map<string, Written>();
  for (const [name, value] of Object.entries(project.salt.options)) {
    written.set(name, { value, origin: { kind: "project", file: project.file ?? project.root } });
  }
  for (const [name, variable] of Object.entries(environmentVariables)) {
    const value = env[variable];
    if (value) written.set(name, { value, origin: { kind: "environment", variable } });
  }
  reading.problems.push(...misplaced(written, role, project));
  const options = saltOptions
    .filter((option) => option.roles.includes(role) || written.has(option.name))
    .map((option): [string, EffectiveOption] => {
      const { value, origin } = written.get(option.name) ?? {
        value: optionDefault(option),
        origin: { kind: "default" },
      };
      return [option.name, trustedValue({ option, value, origin }, reading.paths)];
    });
  return { role, options: new Map(options), problems: reading.problems, untrusted: reading.paths.refused };
}

const purposes: { readonly [option: string]: PathPurpose } = {
  winrepo_dir: "checkouts",
  winrepo_dir_ng: "checkouts",
  cachedir: "minionCache",
  winrepo_pubkey: "key",
  winrepo_privkey: "key",
};

/** The option with its paths resolved; with Salt's default where it may not count. What is Salt's own, or a person's, counts. */
function trustedValue(effective: EffectiveOption, paths: PathSettings): EffectiveOption {
  const { option, value, origin } = effective;
  if (origin.kind === "default" || origin.kind === "environment") return effective;
  const setting = `salt.${option.name}`;
  if (option.name === "file_roots" && isMapping(value)) {
    const roots = Object.entries(value).map(([env, folders]): [string, Json] => [
      env,
      Array.isArray(folders)
        ? folders.filter((folder) => paths.resolve(String(folder), "fileRoot", `${setting}.${env}`) !== undefined)
        : folders,
    ]);
    return { ...effective, value: Object.fromEntries(roots) };
  }
  const purpose = purposes[option.name];
  if (purpose === undefined || typeof value !== "string" || value === "") return effective;
  const resolved = paths.resolve(value, purpose, setting);
  if (resolved === undefined) return { option, value: optionDefault(option), origin: { kind: "default" } };
  return origin.kind === "project" ? { ...effective, value: resolved } : effective;
}

/** What is wrong with the places that the options of all files together name. */
function misplaced(
  written: ReadonlyMap<string, Written>,
  role: SaltRole,
  { root }: Pick<ProjectConfig, "root">,
): SaltConfigProblem[] {
  const byDefault = (name: string) => {
    const option = role === "master" ? saltOption(name) : undefined;
    return option && optionDefault(option);
  };
  return placeProblems((name) => {
    const { value, origin } = written.get(name) ?? {};
    const isRelative = origin?.kind === "project" && saltOption(name)?.type === "path" && typeof value === "string";
    // What nobody set is wrong with nothing; roots that a master has anyway are compared with.
    return isRelative ? path.resolve(root, value) : (value ?? (name === "file_roots" ? byDefault(name) : undefined));
  }, role).flatMap(({ option, message }) => {
    const origin = written.get(option)?.origin;
    if (origin?.kind !== "file" && origin?.kind !== "project") return [];
    const line = origin.kind === "file" ? origin.line : 1;
    return [{ file: origin.file, line, column: 1, severity: "error" as const, message }];
  });
}

/**
 * What the minion's file that a project names and its includes set, by name: Salt's other options, too. What cannot be
 * read is left out.
 */
export function minionFileOptions(project: ProjectConfig): { [name: string]: Json } {
  const { minion } = project.salt;
  if (minion === undefined) return {};
  const written = readWithIncludes(minion, { role: "minion", problems: [], paths: new PathSettings(project) });
  return Object.fromEntries(Array.from(written, ([name, { value }]) => [name, value]));
}

/** Whose configuration a project follows when nothing else is said. */
export function configuredRole(project: ProjectConfig): SaltRole {
  return project.salt.master && !project.salt.minion ? "master" : "minion";
}

/** A file and what it includes; salt.config.load_config and include_config. */
function readWithIncludes(file: string, reading: Reading): Map<string, Written> {
  const own = readOne(file, reading);
  const included = new Map<string, Written>();
  const defaultInclude = own.get("default_include")?.value ?? `${reading.role}.d/*.conf`;
  const seen = new Set([path.resolve(file)]);
  for (const pattern of [...patterns(defaultInclude), ...patterns(own.get("include")?.value)]) {
    includeInto(included, pattern, file, reading, seen);
  }
  return new Map([...own, ...included]);
}

function includeInto(
  into: Map<string, Written>,
  pattern: string,
  from: string,
  reading: Reading,
  seen: Set<string>,
): void {
  const files = path.resolve(path.dirname(from), pattern);
  if (reading.paths.resolve(path.dirname(files), "saltConfig", `include ${pattern}`) === undefined) return;
  for (const file of matching(files)) {
    if (seen.has(file) || reading.paths.resolve(file, "saltConfig", `include ${pattern}`) === undefined) continue;
    seen.add(file);
    const options = readOne(file, reading);
    for (const nested of patterns(options.get("include")?.value)) includeInto(into, nested, file, reading, seen);
    for (const [name, written] of options) {
      const before = into.get(name);
      into.set(name, before ? { ...written, value: merged(before.value, written.value) } : written);
    }
  }
}

/** Included files are merged into one another, mappings and lists too, before they win over the main file. */
function merged(before: Json, after: Json): Json {
  if (Array.isArray(before) && Array.isArray(after)) {
    const known = new Set(before.map((item) => JSON.stringify(item)));
    return [...before, ...after.filter((item) => !known.has(JSON.stringify(item)))];
  }
  if (!isMapping(before) || !isMapping(after)) return after;
  const result = { ...before };
  for (const [key, value] of Object.entries(after)) {
    const old = result[key];
    result[key] = old === undefined ? value : merged(old, value);
  }
  return result;
}

function isMapping(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function patterns(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

/** The files that a glob names, in the order of their names. Only the last part of a path may hold wildcards. */
function matching(pattern: string): string[] {
  const folder = path.dirname(pattern);
  try {
    return readdirSync(folder)
      .filter((name) => fnmatch(name, path.basename(pattern)))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function readOne(file: string, { role, problems }: Reading): Map<string, Written> {
  const options = new Map<string, Written>();
  let text: string;
  try {
    text = readRegularFile(file, pathPurposes.saltConfig).toString("utf8");
  } catch (error) {
    const reason = (error as Error).message;
    const message = `Salt's configuration cannot be read: ${error instanceof FileRefused ? `it ${reason}` : reason}`;
    problems.push({ file, line: 1, column: 1, severity: "error", message });
    return options;
  }
  const lines = new LineTable(text);
  const read = readSaltFile(text, role);
  for (const { code, message, severity, range } of read.problems) {
    // Said of all files together, for a later one may mend it.
    if (code === "salt-option-place") continue;
    const { line, character } = lines.position(range.start);
    problems.push({ file, line: line + 1, column: character + 1, severity, message });
  }
  for (const { name, value, key } of read.options) {
    options.set(name, { value, origin: { kind: "file", file, line: lines.lineAt(key.start) + 1 } });
  }
  return options;
}

/** An option's value as text; its default when it is no text. */
export function textOption({ options }: SaltConfiguration, name: string): string {
  const effective = options.get(name);
  if (!effective) throw new Error(`there is no option ${name}`);
  const { value, option } = effective;
  return typeof value === "string" || typeof value === "number" ? String(value) : String(optionDefault(option) ?? "");
}

function flagOption(configuration: SaltConfiguration, name: string): boolean {
  return configuration.options.get(name)?.value === true;
}

/** A list of remotes with the global options filled in. */
export function configuredRemotes(
  configuration: SaltConfiguration,
  name: "winrepo_remotes" | "winrepo_remotes_ng",
): ParsedRemotes {
  const text = (option: string) => textOption(configuration, `winrepo_${option}`);
  const list = configuration.options.get(name)?.value;
  const refspecs = configuration.options.get("winrepo_refspecs")?.value;
  const defaults: RemoteDefaults = {
    branch: text("branch"),
    fallback: text("fallback"),
    sslVerify: flagOption(configuration, "winrepo_ssl_verify"),
    insecureAuth: flagOption(configuration, "winrepo_insecure_auth"),
    refspecs: Array.isArray(refspecs) ? refspecs.map(String) : [],
    user: text("user"),
    password: text("password"),
    pubkey: text("pubkey"),
    privkey: text("privkey"),
    passphrase: text("passphrase"),
  };
  return parseRemotes(Array.isArray(list) ? list : [], defaults);
}
