import type { Json } from "../../value/types.js";
import { HelperRegistry } from "../helper/helper-registry.js";
import type {
  RegistryHive,
  RegistryKey,
  RegistryPart,
  RegistryReader,
  RegistryValue,
  RegistryView,
  RunOptions,
  RunResult,
  ScheduledTask,
  Target,
  TargetKind,
} from "../target.js";
import { defaultCacheDir, TargetError } from "../target.js";
import { expandPercent } from "../windows-path.js";
import type { Connection } from "./connection.js";
import { readGrains } from "./grains.js";
import { RealRegistry } from "./real-registry.js";
import { runScheduled } from "./task-scheduler.js";

const limitMs = 60_000;

/** A machine that really runs what it is told, over one {@link Connection}. */
export class RealTarget implements Target {
  readonly #registry: RealRegistry | HelperRegistry;
  #variables: Promise<ReadonlyMap<string, string>> | undefined;
  readonly #connection: Connection;

  constructor(
    readonly name: string,
    connection: Connection,
    readonly cacheDir: string = defaultCacheDir,
  ) {
    this.#connection = connection;
    this.#registry = connection.helper ? new HelperRegistry(connection.helper) : new RealRegistry(connection);
  }

  get kind(): TargetKind {
    return this.#connection.kind;
  }

  grains(signal?: AbortSignal): Promise<{ [name: string]: Json }> {
    return readGrains(this, signal);
  }

  readRegistry(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
    signal?: AbortSignal,
  ): Promise<RegistryKey | undefined> {
    return this.#registry.read(hive, key, view, depth, signal);
  }

  async readParts(parts: readonly RegistryPart[], signal?: AbortSignal): Promise<RegistryReader> {
    return this.#registry instanceof HelperRegistry ? this.#registry.readParts(parts, signal) : this;
  }

  writeRegistry(
    hive: RegistryHive,
    key: string,
    name: string,
    value: RegistryValue,
    volatile: boolean = false,
  ): Promise<void> {
    return this.#registry.write(hive, key, name, value, volatile);
  }

  run(commandLine: string, options: RunOptions = {}): Promise<RunResult> {
    this.#forget();
    return this.#connection.run(commandLine, options).finally(() => this.#forget());
  }

  put(localFile: string, path: string, signal?: AbortSignal): Promise<void> {
    return this.#connection.put(localFile, path, signal);
  }

  get(path: string, localFile: string, signal?: AbortSignal): Promise<void> {
    return this.#connection.get(path, localFile, signal);
  }

  exists(path: string): Promise<boolean> {
    return this.#connection.exists(path);
  }

  isFolder(path: string): Promise<boolean> {
    return this.#connection.isFolder(path);
  }

  remove(path: string): Promise<void> {
    return this.#connection.remove(path);
  }

  hash(path: string, algorithm: string): Promise<string> {
    return this.#connection.hash(path, algorithm);
  }

  async expandEnvironment(text: string): Promise<string> {
    const variables = await this.#allVariables();
    return expandPercent(text, (name) => variables.get(name.toLowerCase()));
  }

  async variables(): Promise<{ readonly [name: string]: string }> {
    return Object.fromEntries([...(await this.#allVariables())].map(([name, value]) => [name.toUpperCase(), value]));
  }

  /** By lower-case name. Asked once: it does not change while we work. */
  #allVariables(): Promise<ReadonlyMap<string, string>> {
    this.#variables ??= this.#connection.helper?.environment() ?? this.#readEnvironment();
    return this.#variables;
  }

  async #readEnvironment(): Promise<ReadonlyMap<string, string>> {
    const result = await this.#connection.run("set", { shell: "cmd", timeoutMs: limitMs });
    if (result.exitCode !== 0)
      throw new TargetError(`The variables of ${this.name} could not be read: ${result.output.trim()}`);
    const lines = result.output.split(/\r?\n/).map((line) => /^([^=]+)=(.*)$/.exec(line));
    return new Map(lines.flatMap((line) => (line ? [[line[1]!.toLowerCase(), line[2]!] as const] : [])));
  }

  runTask(task: ScheduledTask, options: RunOptions = {}): Promise<boolean> {
    this.#forget();
    return runScheduled(this.#connection, task, options);
  }

  #forget(): void {
    if (this.#registry instanceof RealRegistry) this.#registry.forget();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
