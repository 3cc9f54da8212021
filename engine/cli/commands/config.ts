import path from "node:path";
import { Option } from "commander";
import type { ProjectConfig } from "../../config/project.js";
import {
  configuredRole,
  type EffectiveOption,
  loadSaltConfiguration,
  type SaltConfigProblem,
  type SaltConfiguration,
  type SaltOrigin,
} from "../../config/salt-config.js";
import type { SaltRole } from "../../config/salt-options.js";
import { servedFolders, servedOf } from "../../repo/served-folders.js";
import { withoutSecrets } from "../../secrets.js";
import type { Json } from "../../value/types.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { loadedProjectAt, shownProjectAt, stateOf } from "../repo/common.js";

interface ConfigOptions {
  readonly role?: SaltRole;
  readonly json?: boolean;
}

export const configCommand: CliCommand = {
  register(program, io, run) {
    program
      .command("config")
      .summary("show the effective options, and where each comes from")
      .description(
        "Shows every winrepo option with its value and its origin. What wins, from weakest to strongest: Salt's defaults, " +
          "the master's or minion's file, the files that it includes, the section `salt` of .winrepo.yaml, the environment.",
      )
      .addOption(
        new Option("--role <role>", "whose options (default: whose file the project names)").choices([
          "master",
          "minion",
        ]),
      )
      .option("--json", "print them as JSON")
      .action(run((options: ConfigOptions) => runConfig(options, io)));
  },
};

async function runConfig(options: ConfigOptions, io: CliIo): Promise<ExitStatus> {
  const project = shownProjectAt(io.cwd, io);
  const isSound = !loadedProjectAt(io.cwd, io).problems.some(({ severity }) => severity === "error");
  const configuration = loadSaltConfiguration(project, options.role ?? configuredRole(project), io.env);
  const { role, problems, untrusted } = configuration;
  const effective = inEffect(configuration, project, io);
  if (options.json) {
    const values = [...effective].map(
      ([name, each]) => [name, { value: shownValue(each), origin: each.origin }] as const,
    );
    io.stdout.json({ role, options: Object.fromEntries(values), problems });
  } else {
    for (const { setting, reason } of [...project.untrusted, ...untrusted])
      io.stderr.write(`${setting} ${reason}: it counts only when you trust this project (winrepo trust)\n`);
    for (const problem of problems) io.stderr.write(`${problemText(problem, io.cwd)}\n`);
    io.stdout.write(`Options of a ${role}${project.file ? `, with ${path.relative(io.cwd, project.file)}` : ""}:\n\n`);
    for (const [name, each] of effective) io.stdout.write(optionText(name, each, io.cwd));
  }
  return !isSound || problems.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** An option as commands go by it. */
interface ShownOption extends Omit<EffectiveOption, "origin"> {
  /** `winrepo`: nobody set it, and what counts is not Salt's default. */
  readonly origin: SaltOrigin | { readonly kind: "winrepo" };
}

/** Where nobody names a cache or roots, refresh-db goes by folders of its own, and touches none of a Salt on this machine. */
function inEffect(
  configuration: SaltConfiguration,
  project: ProjectConfig,
  io: CliIo,
): ReadonlyMap<string, ShownOption> {
  const shown = new Map<string, ShownOption>(configuration.options);
  const isUnset = (name: string) => configuration.options.get(name)?.origin.kind === "default";
  const set = (name: string, value: Json) => {
    const known = shown.get(name);
    if (known) shown.set(name, { ...known, value, origin: { kind: "winrepo" } });
  };
  if (isUnset("cachedir")) set("cachedir", stateOf(project, io).minionCache);
  if (isUnset("file_roots")) {
    const folders = servedFolders(project.root, servedOf(project, configuration)).filter(({ at }) => at === "");
    set("file_roots", { [project.salt.saltenv]: folders.map(({ folder }) => folder) });
  }
  return shown;
}

/** A problem of Salt's configuration as one line for a terminal. */
export function problemText({ file, line, column, severity, message }: SaltConfigProblem, cwd: string): string {
  return `${path.relative(cwd, file)}:${line}:${column}: ${severity}: ${message}`;
}

function shownValue({ option, value }: ShownOption): Json {
  if (option.secret && value !== "" && value !== null) return "********";
  return option.type === "remotes" ? (withoutPasswords(value) as Json) : value;
}

/** Remotes may hold passwords: in their URLs, and among their parameters. */
function withoutPasswords(value: Json): Json {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(withoutPasswords);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      withoutSecrets(key),
      key === "password" || key === "passphrase" ? "********" : withoutPasswords(item),
    ]),
  );
}

function optionText(name: string, effective: ShownOption, cwd: string): string {
  const value = shownValue(effective);
  const list = Array.isArray(value) ? value : [value];
  const texts = list.map((item) => (typeof item === "string" && item !== "" ? item : JSON.stringify(item)));
  const shown = Array.isArray(value) && texts.length === 0 ? ["[]"] : texts;
  const [first = "", ...rest] = shown;
  return [
    `${name.padEnd(26)} ${first === "null" ? "not set" : first}`,
    ...rest.map((text) => `${" ".repeat(26)} ${text}`),
    `${" ".repeat(26)} └ ${originText(effective.origin, cwd)}`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function originText(origin: ShownOption["origin"], cwd: string): string {
  switch (origin.kind) {
    case "default":
      return "Salt's default";
    case "winrepo":
      return "of this project, for nobody sets it; Salt's default is not touched";
    case "file":
      return `${path.relative(cwd, origin.file)}:${origin.line}`;
    case "project":
      return path.relative(cwd, origin.file);
    case "environment":
      return `environment variable ${origin.variable}`;
  }
}
