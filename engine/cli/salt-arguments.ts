import { str } from "../value/repr.js";
import { Dict, type Value } from "../value/types.js";
import { loadYaml } from "../yaml/index.js";
import { UsageError } from "./command.js";

/** What one of Salt's keyword arguments is to a command of ours. */
type SaltArgument =
  /** A flag for True, and another for False; without one it is the default. */
  | { readonly kind: "flag"; readonly whenTrue?: string; readonly whenFalse?: string }
  | { readonly kind: "option"; readonly option: string }
  /** `name=`, `version=`, `pkgs=`: which packages. */
  | { readonly kind: "name" | "version" | "pkgs" }
  /** It changes nothing, and why. */
  | { readonly kind: "idle"; readonly note?: string }
  /** It cannot be; what to write instead. */
  | { readonly kind: "refused"; readonly form: (value: string) => string };

type SaltArguments = { readonly [name: string]: SaltArgument };

const flag = (whenTrue?: string, whenFalse?: string): SaltArgument => ({
  kind: "flag",
  ...(whenTrue && { whenTrue }),
  ...(whenFalse && { whenFalse }),
});
const inProject = (what: string) => (value: string) => `write \`salt: {${what}: ${value}}\` into .winrepo.yaml`;
const common: SaltArguments = {
  saltenv: { kind: "refused", form: inProject("saltenv") },
  refresh: { kind: "idle" },
};
const packages: SaltArguments = {
  ...common,
  name: { kind: "name" },
  version: { kind: "version" },
  pkgs: { kind: "pkgs" },
};
const running: SaltArguments = {
  ...packages,
  report_reboot_exit_codes: flag(undefined, "--no-report-reboot"),
  verify_ssl: flag(undefined, "--no-verify-ssl"),
};
const swallowed: SaltArgument = { kind: "idle", note: "Salt ignores it on Windows, too" };
const removing: SaltArguments = { ...running, extra_uninstall_flags: { kind: "option", option: "--flags" } };
const reporting: SaltArguments = {
  ...common,
  verbose: flag("--verbose"),
  failhard: flag("--failhard", "--no-failhard"),
};
const listing: SaltArguments = {
  ...common,
  versions_as_list: flag("--versions-as-list"),
  include_components: flag(undefined, "--no-components"),
  include_updates: flag(undefined, "--no-updates"),
};

/** The keyword arguments that Salt's function of the same name takes (salt-reference §7.1, §8, §11), by command. */
const saltArguments: { readonly [command: string]: SaltArguments } = {
  install: {
    ...running,
    force: flag("--force"),
    extra_install_flags: { kind: "option", option: "--flags" },
    reinstall: swallowed,
    only_upgrade: swallowed,
    skip_verify: swallowed,
    sources: { kind: "refused", form: () => "name packages that are defined; on Windows Salt ends in a TypeError" },
  },
  remove: removing,
  purge: removing,
  upgrade: { ...common, name: { kind: "name" } },
  try: packages,
  "refresh-db": reporting,
  genrepo: reporting,
  "update-git-repos": { clean: flag("--clean") },
  "list-available": {
    ...common,
    reverse_sort: flag("--reverse-sort"),
    return_dict_always: flag("--return-dict-always"),
  },
  "list-repo-pkgs": common,
  "get-package-info": { ...common, name: { kind: "name" } },
  "latest-version": common,
  "upgrade-available": { ...common, name: { kind: "name" } },
  "list-upgrades": common,
  "list-pkgs": listing,
  version: common,
  "show-sls": { saltenv: { kind: "refused", form: inProject("saltenv") }, name: { kind: "name" } },
};

export interface OurArguments {
  readonly args: readonly string[];
  /** Remarks for the person. */
  readonly notes: readonly string[];
}

/**
 * A command line with Salt's own keyword arguments (`install firefox version=16.0.2`, `clean=True`) in our form. Their
 * values are read as YAML, as Salt's command line does.
 * @param takesValue whether the word after an option belongs to it
 * @throws UsageError with the right form, where an argument cannot be had
 */
export function withoutSaltArguments(
  [command = "", ...words]: readonly string[],
  takesValue: (option: string) => boolean,
): OurArguments {
  const known = Object.hasOwn(saltArguments, command) ? saltArguments[command] : undefined;
  if (!known) return { args: [command, ...words].filter((word, index) => index > 0 || word !== ""), notes: [] };
  const reading = new Reading(known);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    if (word === "--") {
      reading.rest.push(...words.slice(index));
      break;
    }
    if (!word.startsWith("-")) reading.take(word);
    else {
      reading.options.push(word);
      if (takesValue(word) && index + 1 < words.length) reading.options.push(words[++index] as string);
    }
  }
  return { args: [command, ...reading.options, ...reading.operands(), ...reading.rest], notes: reading.notes };
}

class Reading {
  readonly options: string[] = [];
  readonly rest: string[] = [];
  readonly notes: string[] = [];
  readonly #known: SaltArguments;
  readonly #names: string[] = [];
  #version: string | undefined;
  #pkgs: readonly string[] | undefined;

  constructor(known: SaltArguments) {
    this.#known = known;
  }

  take(word: string): void {
    const [, name = "", text = ""] = /^([a-z_]+)=(.*)$/s.exec(word) ?? [];
    const argument = Object.hasOwn(this.#known, name) ? this.#known[name] : undefined;
    if (!argument) this.#names.push(...this.#namesIn(word));
    else this.#takeArgument(argument, name, text);
  }

  operands(): string[] {
    if (this.#pkgs) {
      if (this.#version !== undefined) this.notes.push("version= is ignored, as by Salt: pkgs= names the packages");
      return [...this.#pkgs];
    }
    const version = this.#version;
    if (version === undefined) return this.#names;
    if (this.#names.length === 0) throw new UsageError(`version=${version} is of no package: write NAME=${version}`);
    const written = this.#names.find((name) => name.includes("="));
    if (written) throw new UsageError(`version=${version} beside ${written}: write one of them`);
    return this.#names.map((name) => `${name}=${version}`);
  }

  /** Salt splits a name at its commas; what is no name stays as it is. */
  #namesIn(word: string): string[] {
    return "version" in this.#known && !word.includes("=") ? word.split(",") : [word];
  }

  #takeArgument(argument: SaltArgument, name: string, text: string): void {
    switch (argument.kind) {
      case "name":
        this.#names.push(...this.#namesIn(text));
        break;
      case "version":
        this.#version = this.#versionOf(text);
        break;
      case "pkgs":
        this.#pkgs = packagesIn(text);
        break;
      case "option":
        this.options.push(`${argument.option}=${text}`);
        break;
      case "flag": {
        const given = isTrue(name, text) ? argument.whenTrue : argument.whenFalse;
        if (given !== undefined) this.options.push(given);
        break;
      }
      case "idle":
        if (argument.note) this.notes.push(`${name}=${text}: ${argument.note}`);
        break;
      case "refused":
        throw new UsageError(`${name}=${text} is not taken here; ${argument.form(text)}`);
    }
  }

  #versionOf(text: string): string | undefined {
    const value = yamlValue(text);
    if (value === null || value === "") return undefined;
    const version = str(value);
    if (typeof value !== "string" && version !== text) {
      this.notes.push(
        `version=${text}: Salt's command line reads the number ${version}; in quotes it stays: "'${text}'"`,
      );
    }
    return version;
  }
}

function yamlValue(text: string): Value {
  const { data, problems } = loadYaml(text);
  return problems.length > 0 || data === undefined ? text : data;
}

function isTrue(name: string, text: string): boolean {
  const value = yamlValue(text);
  if (typeof value === "boolean") return value;
  throw new UsageError(`${name}=${text}: write True or False`);
}

const pkgsForm = 'write pkgs=\'["firefox", {"7zip": "24.08"}]\', or firefox 7zip=24.08';

function packagesIn(text: string): string[] {
  const value = yamlValue(text);
  if (!Array.isArray(value) || value.length === 0) throw new UsageError(`pkgs=${text} is no list: ${pkgsForm}`);
  return value.map((item) => {
    if (typeof item === "string" && item !== "") return item;
    const [pair, ...more] = item instanceof Dict ? [...item] : [];
    if (!pair || more.length > 0) throw new UsageError(`pkgs=${text} is no list of packages: ${pkgsForm}`);
    const [name, version] = pair;
    return version === null || version === "" ? str(name) : `${str(name)}=${str(version)}`;
  });
}
