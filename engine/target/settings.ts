import type { TargetConfig } from "../config/project.js";
import { type NamingProject, type PathPurpose, resolveProjectPath } from "../config/project-path.js";
import type { Json } from "../value/types.js";
import { TargetError } from "./target.js";

/** Reads a target's settings from the project file and says plainly what is wrong with them. */
export class TargetSettings {
  readonly #config: TargetConfig;
  readonly #project: NamingProject;

  constructor(config: TargetConfig, project: NamingProject) {
    this.#config = config;
    this.#project = project;
  }

  get name(): string {
    return this.#config.name;
  }

  /** Refuses settings that this kind does not know: a misspelt one must not be passed over. */
  allow(...names: readonly string[]): void {
    const unknown = Object.keys(this.#config.settings).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw this.#wrong(unknown, `is unknown for kind ${this.#config.kind}, which has: ${names.join(", ")}`);
    }
  }

  text(name: string): string | undefined {
    const value = this.#config.settings[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string" || value === "") throw this.#wrong(name, "must be a text");
    return value;
  }

  /** Relative to the project's folder. */
  path(name: string, purpose: PathPurpose): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const resolved = resolveProjectPath(value, purpose, this.#project);
    if (resolved.refusal !== undefined) throw this.#wrong(name, resolved.refusal);
    return resolved.path;
  }

  number(name: string): number | undefined {
    const value = this.#config.settings[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value)) throw this.#wrong(name, "must be a whole number");
    return value;
  }

  oneOf<T extends Json>(name: string, values: readonly T[]): T | undefined {
    const value = this.#config.settings[name];
    if (value === undefined || value === null) return undefined;
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw this.#wrong(name, `must be one of: ${values.join(", ")}`);
    return found;
  }

  mapping(name: string): { readonly [key: string]: Json } {
    const value = this.#config.settings[name];
    if (value === undefined || value === null) return {};
    if (typeof value !== "object" || Array.isArray(value)) throw this.#wrong(name, "must be a mapping");
    return value as { readonly [key: string]: Json };
  }

  texts(name: string): { readonly [key: string]: string } {
    return Object.fromEntries(Object.entries(this.mapping(name)).map(([key, value]) => [key, String(value)]));
  }

  #wrong(name: string, problem: string): TargetError {
    return new TargetError(`Target ${this.#config.name}: setting \`${name}\` ${problem}.`);
  }
}
