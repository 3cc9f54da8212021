import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ProjectConfig, TargetConfig } from "../../config/project.js";
import { trustNeeds } from "../../config/trust-needs.js";
import { replaceFile } from "../../replace-file.js";
import type { ProjectState } from "../../state/project-state.js";
import { isTrusted, rememberTrust } from "../../state/trust.js";
import { captureProfile } from "../../target/capture.js";
import { checkTarget } from "../../target/check.js";
import { adoptMachine, earlierMachine, offerOf } from "../../target/earlier-machines.js";
import { defaultTarget, knownTargets } from "../../target/known-targets.js";
import { openTarget } from "../../target/open.js";
import { addTarget, projectFileOf, removeTarget } from "../../target/project-targets.js";
import type { Target } from "../../target/target.js";
import { createPrefix, isPrefix } from "../../target/wine/prefix.js";
import { WineProgram } from "../../target/wine/wine-program.js";
import type { Json } from "../../value/types.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { collect } from "../options.js";
import { loadedProjectAt, shownProjectAt, stateOf } from "../repo/common.js";
import { yamlText } from "../yaml-text.js";

const kinds = ["simulated", "windows", "wine", "ssh"] as const;
type Kind = (typeof kinds)[number];

interface AddOptions {
  readonly kind?: Kind;
  readonly host?: string;
  readonly user?: string;
  readonly port?: number;
  readonly bits?: number;
}

export const targetCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    const target = program
      .command("target")
      .summary("the machines that packages are tried on")
      .description(
        "Lists, adds, tests and removes the machines that packages are tried on. They are listed in the project file.",
      );
    target
      .command("list")
      .description("list the targets of this project")
      .option("--json", "print them as JSON")
      .action(run((options: { json?: boolean }) => list(options, io)));
    target
      .command("add")
      .description("add a target to the project file; for Wine, a Windows of its own is set up")
      .argument("<name>", "how the target is called")
      .addOption(new Option("-k, --kind <kind>", "what it is (default: the name, where that is a kind)").choices(kinds))
      .option("--host <host>", "ssh: the host, or its name in your ssh configuration (default: the target's name)")
      .option("--user <user>", "ssh: the account there")
      .option("--port <number>", "ssh: the port there", wholeNumber)
      .option("--bits <number>", "simulated: 64 or 32", wholeNumber)
      .action(run((name: string, options: AddOptions) => add(name, options, io)));
    target
      .command("test")
      .description("try everything that installing software needs of a target")
      .argument("[name]", "the target (default: the simulated machine of this project)")
      .option("--json", "print the steps as JSON")
      .action(run((name: string | undefined, options: { json?: boolean }) => test(name, options, io)));
    target
      .command("capture")
      .description("write a profile with a target's grains and registry facts, for previews and linting")
      .argument("[name]", "the target (default: the simulated machine of this project)")
      .requiredOption("-o, --out <file>", "the profile, .json or .yaml")
      .option("--registry <key>", "also the values of this key; may be given several times", collect, [])
      .action(
        run((name: string | undefined, options: { out: string; registry: string[] }) => capture(name, options, io)),
      );
    target
      .command("adopt")
      .description("take over a machine that is kept elsewhere: where earlier versions kept it, or for another project")
      .argument("<name>", "the target; `simulated` is the simulated machine")
      .option(
        "--from <folder>",
        "the folder of the project that has it, where that is now or was once (default: this project)",
      )
      .action(run((name: string, options: { from?: string }) => adopt(name, options, io)));
    target
      .command("remove")
      .description("take a target out of the project file, and delete its machine where Winrepo made one")
      .argument("<name>", "the target; `simulated` starts that machine anew")
      .action(run((name: string) => remove(name, io)));
  },
};

async function list(options: { json?: boolean }, io: CliIo): Promise<ExitStatus> {
  const project = projectHere(io);
  const targets = knownTargets(project);
  const state = stateOf(project, io);
  for (const { name } of targets) {
    const offer = offerOf(project, name, state);
    if (offer !== undefined) io.stderr.write(`winrepo: ${offer}\n`);
  }
  if (options.json) {
    io.stdout.json({ targets: targets.map(({ name, kind, settings }) => ({ name, kind, ...settings })) });
    return 0;
  }
  const width = Math.max(...targets.map(({ name }) => name.length));
  for (const { name, kind, settings } of targets) {
    const details = Object.entries(settings).map(
      ([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : value}`,
    );
    io.stdout.write(`${[name.padEnd(width), kind.padEnd(9), details.join(", ")].join("  ").trimEnd()}\n`);
  }
  return 0;
}

async function add(name: string, options: AddOptions, io: CliIo): Promise<ExitStatus> {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
    throw new UsageError(`${name}: a target's name has letters, digits, dots, dashes and underscores`);
  }
  const kind = options.kind ?? kinds.find((known) => known === name);
  if (!kind) throw new UsageError(`say what ${name} is: --kind ${kinds.join(", ")}`);
  const project = projectHere(io);
  if (knownTargets(project).some((target) => target.name === name)) {
    throw new UsageError(`there is a target ${name} already`);
  }
  const file = projectFileOf(project.root, project.file);
  const config: TargetConfig = { name, kind, settings: settingsOf(kind, options) };
  if (kind === "wine") await setUpWine(stateOf(project, io), name, io);
  await changeProject(io, () => addTarget(file, config));
  io.stdout.write(
    `Added ${name} (${kind}) to ${path.relative(io.cwd, file) || file}. Try it: winrepo target test ${name}\n`,
  );
  return 0;
}

/** What a person changes by a command in a project that needed no trust, or had it, they trust as it is then. */
async function changeProject(io: CliIo, change: () => Promise<void>): Promise<void> {
  const { config, text } = loadedProjectAt(io.cwd, io);
  const before = { root: config.root, file: config.file, text };
  const isFine = trustNeeds(config).length === 0 || isTrusted(before, stateOf(config, io));
  await change();
  const after = loadedProjectAt(io.cwd, io);
  if (!isFine || trustNeeds(after.config).length === 0) return;
  rememberTrust({ root: after.config.root, file: after.config.file, text: after.text }, stateOf(after.config, io));
}

function settingsOf(kind: Kind, options: AddOptions): { [name: string]: Json } {
  const own: { readonly [kind in Kind]: readonly (keyof AddOptions)[] } = {
    simulated: ["bits"],
    windows: [],
    wine: [],
    ssh: ["host", "user", "port"],
  };
  const { kind: _, ...given } = options;
  const settings = Object.entries(given).filter(([, value]) => value !== undefined);
  const foreign = settings.find(([name]) => !own[kind].includes(name as keyof AddOptions));
  if (foreign) throw new UsageError(`--${foreign[0]} has no meaning for kind ${kind}`);
  return Object.fromEntries(settings);
}

async function setUpWine(state: ProjectState, name: string, io: CliIo): Promise<void> {
  const folder = state.machine(name);
  if (await isPrefix(folder)) return;
  claim(state, io);
  io.stderr.write(`Setting up a Windows with Wine in ${folder} …\n`);
  await createPrefix(folder, undefined, io.signal);
}

async function test(name: string | undefined, options: { json?: boolean }, io: CliIo): Promise<ExitStatus> {
  return withTarget(name, io, async (target) => {
    const steps = await checkTarget(target, io.signal);
    const ok = steps.every((step) => step.ok);
    if (options.json) io.stdout.json({ target: target.name, kind: target.kind, ok, steps });
    else {
      for (const step of steps) {
        io.stdout.write(
          `${step.ok ? "ok    " : "failed"}  ${step.name.padEnd(9)} ${step.detail} (${step.milliseconds} ms)\n`,
        );
      }
    }
    return ok ? 0 : 1;
  });
}

async function capture(
  name: string | undefined,
  options: { out: string; registry: readonly string[] },
  io: CliIo,
): Promise<ExitStatus> {
  const wrong = options.registry.find((key) => !/^(HKLM|HKU)\\./i.test(key));
  if (wrong !== undefined) throw new UsageError(`${wrong}: write HKLM\\… or HKU\\…`);
  return withTarget(name, io, async (target) => {
    const file = path.resolve(io.cwd, options.out);
    const profileName = path.basename(file).replace(/\.(json|ya?ml)$/i, "");
    const profile = await captureProfile(target, { name: profileName, keys: options.registry, signal: io.signal });
    await replaceFile(file, /\.ya?ml$/i.test(file) ? yamlText(profile) : `${JSON.stringify(profile, null, 2)}\n`);
    io.stdout.write(
      `Wrote ${options.out}: ${Object.keys(profile.grains).length} grains, ${Object.keys(profile.registry).length} registry values of ${target.name}\n`,
    );
    return 0;
  });
}

async function remove(name: string, io: CliIo): Promise<ExitStatus> {
  const project = projectHere(io);
  const known = knownTargets(project).find((target) => target.name === name);
  if (!known) throw new UsageError(`there is no target ${name}`);
  const isWritten = project.targets.has(name);
  if (isWritten) await changeProject(io, () => removeTarget(projectFileOf(project.root, project.file), name));
  // Only what lies among what is kept of the project was made by us.
  const folder = stateOf(project, io).machine(name);
  const hadMachine = existsSync(folder);
  // Wine would write its registry down once more, into the folder that is gone.
  if (await isPrefix(folder)) await new WineProgram(folder).end();
  if (hadMachine) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const machine = hadMachine ? ` and its machine in ${folder}` : "";
  if (name === defaultTarget.name)
    io.stdout.write(`The simulated machine starts anew${hadMachine ? "" : " (there was none)"}.\n`);
  else io.stdout.write(`Removed ${name}${machine}.\n`);
  return 0;
}

async function adopt(name: string, options: { from?: string }, io: CliIo): Promise<ExitStatus> {
  const project = projectHere(io);
  const known = knownTargets(project).find((target) => target.name === name);
  if (!known) throw new UsageError(`there is no target ${name}; add it to the project file first`);
  const state = stateOf(project, io);
  const from = options.from === undefined ? project.root : path.resolve(io.cwd, options.from);
  const machine = earlierMachine(name, from, state);
  if (!machine) throw new UsageError(`there is no machine ${name} of ${from} to take over`);
  claim(state, io);
  await adoptMachine(known, machine, state);
  io.stdout.write(
    `Took over ${name} from ${machine.where}. It lies in ${state.machine(name)} now; the old folder stays as it is, ` +
      "and can go when you do not need it.\n",
  );
  return 0;
}

async function withTarget(
  name: string | undefined,
  io: CliIo,
  work: (target: Target) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const project = projectHere(io);
  const state = stateOf(project, io);
  claim(state, io);
  const target = await openTarget(name, {
    projectFolder: project.root,
    state,
    targets: project.targets,
    trusted: project.trusted,
    signal: io.signal,
  });
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

const projectHere = (io: CliIo): ProjectConfig => shownProjectAt(io.cwd, io);

function claim(state: ProjectState, io: CliIo): void {
  for (const note of state.claim()) io.stderr.write(`winrepo: ${note}\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
