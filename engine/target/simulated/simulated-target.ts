import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";
import { discardFolder, makeTemporaryFolder } from "../../temporary-folder.js";
import type { Json } from "../../value/types.js";
import { HostFiles } from "../host-files.js";
import type {
  RegistryHive,
  RegistryKey,
  RegistryValue,
  RegistryView,
  RunOptions,
  RunResult,
  ScheduledTask,
  Target,
} from "../target.js";
import { expandPercent } from "../windows-path.js";
import { CommandInterpreter } from "./command-interpreter.js";
import { MachineState, type NewMachine, type ScriptedAnswer } from "./machine-state.js";

export interface SimulatedOptions extends NewMachine {
  readonly name: string;
  /** Holds the machine; made with the first change. */
  readonly folder: string;
  /** Work on a copy that goes with `close`. */
  readonly throwAway?: boolean;
}

/** A Windows machine in a folder: registry, files and environment. Installers are read, never run. */
export class SimulatedTarget implements Target {
  readonly kind = "simulated";
  readonly cacheDir = "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion";
  readonly #files: HostFiles;
  readonly #interpreter: CommandInterpreter;
  readonly #state: MachineState;
  readonly #isThrownAway: boolean;

  private constructor(
    readonly name: string,
    state: MachineState,
    isThrownAway: boolean,
  ) {
    this.#state = state;
    this.#isThrownAway = isThrownAway;
    this.#files = new HostFiles({
      drive: (letter) => path.join(state.folder, letter),
      share: (server, share) => path.join(state.folder, "UNC", server, share),
    });
    this.#interpreter = new CommandInterpreter(state, this.#files);
  }

  static async open(options: SimulatedOptions): Promise<SimulatedTarget> {
    if (!options.throwAway) return new SimulatedTarget(options.name, MachineState.open(options.folder, options), false);
    const copy = makeTemporaryFolder("machine");
    if (existsSync(options.folder)) await cp(options.folder, copy, { recursive: true });
    return new SimulatedTarget(options.name, MachineState.open(copy, options), true);
  }

  async grains(): Promise<{ [name: string]: Json }> {
    return { ...this.#state.grains };
  }

  async readRegistry(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
  ): Promise<RegistryKey | undefined> {
    return this.#state.registry.key(hive, key, view)?.snapshot(depth);
  }

  async writeRegistry(hive: RegistryHive, key: string, name: string, value: RegistryValue): Promise<void> {
    this.#state.registry.ensure(hive, key, "64").setValue(name, value);
    await this.#state.save();
  }

  async run(commandLine: string, options: RunOptions = {}): Promise<RunResult> {
    options.signal?.throwIfAborted();
    const outcome = await this.#interpreter.run(commandLine, options);
    await this.#state.save();
    const waits = outcome.exitCode === undefined;
    return {
      exitCode: outcome.exitCode,
      output: outcome.output ?? "",
      timedOut: waits,
      notes: [
        ...(outcome.notes ?? []),
        ...(waits ? ["the time limit was not waited for: nothing really runs here"] : []),
      ],
      ...(outcome.assumed && { assumed: true }),
    };
  }

  async put(localFile: string, windowsPath: string): Promise<void> {
    await this.#files.put(localFile, windowsPath);
  }

  async get(windowsPath: string, localFile: string): Promise<void> {
    await this.#files.get(windowsPath, localFile);
  }

  async exists(windowsPath: string): Promise<boolean> {
    return this.#files.exists(windowsPath);
  }

  async remove(windowsPath: string): Promise<void> {
    await this.#files.remove(windowsPath);
  }

  hash(windowsPath: string, algorithm: string): Promise<string> {
    return this.#files.hash(windowsPath, algorithm);
  }

  async expandEnvironment(text: string): Promise<string> {
    return expandPercent(text, (name) => this.#state.variable(name));
  }

  async runTask(task: ScheduledTask, options?: RunOptions): Promise<boolean> {
    await this.run(`"${task.program}" ${task.arguments}`, { ...options, cwd: task.cwd });
    return true;
  }

  get environment(): { readonly [name: string]: string } {
    return this.#state.environment;
  }

  /** Sets how command lines are answered; replaces what was set before. */
  async answerWith(script: readonly ScriptedAnswer[]): Promise<void> {
    this.#state.script.splice(0, this.#state.script.length, ...script);
    await this.#state.save();
  }

  async close(): Promise<void> {
    if (this.#isThrownAway) await discardFolder(this.#state.folder);
  }
}
