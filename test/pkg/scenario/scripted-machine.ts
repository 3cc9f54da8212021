import { writeFileSync } from "node:fs";
import path from "node:path";
import { cachePath } from "../../../engine/fetch/cache-path.js";
import { FetchError } from "../../../engine/fetch/fetch-error.js";
import type { FetchedDirectoryFile, FetchedFile, Sources } from "../../../engine/fetch/sources.js";
import { splitUrl } from "../../../engine/fetch/url.js";
import type {
  RegistryHive,
  RegistryKey,
  RegistryValue,
  RegistryView,
  RunOptions,
  RunResult,
  ScheduledTask,
  Target,
} from "../../../engine/target/target.js";
import { TargetError } from "../../../engine/target/target.js";
import type { Scenario, ScenarioRegistry, ScenarioTrace, ScenarioValues } from "./scenario.js";

const environment: { readonly [name: string]: string } = {
  programfiles: "C:\\Program Files",
  "programfiles(x86)": "C:\\Program Files (x86)",
  programdata: "C:\\ProgramData",
  systemroot: "C:\\Windows",
  windir: "C:\\Windows",
  systemdrive: "C:",
};

/** A Windows machine and the servers around it that do what a scenario says and write down what they were asked. */
export class ScriptedMachine implements Target, Sources {
  readonly name = "scripted";
  readonly kind = "simulated";
  readonly cacheDir = "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion";
  readonly #registry: { readonly [view in RegistryView]: ScriptedRegistry };
  /** Path in lower case → the URL or path that says what it holds. */
  readonly #disk = new Map<string, string>();
  readonly #commands: ScenarioTrace["commands"][number][] = [];
  readonly #fetched: string[] = [];
  readonly #tasks: ScenarioTrace["tasks"][number][] = [];
  #reboot = false;
  #started = 0;
  readonly #scenario: Scenario;
  readonly #folder: string;

  /** `folder` takes the files that are fetched to this side. */
  constructor(scenario: Scenario, folder: string) {
    this.#scenario = scenario;
    this.#folder = folder;
    this.#registry = {
      "64": new ScriptedRegistry(scenario.registry["64"]),
      "32": new ScriptedRegistry(scenario.registry["32"]),
    };
    for (const location of [...Object.keys(scenario.hashes), ...scenario.files]) {
      if (splitUrl(location).scheme.length < 2) this.#disk.set(asKey(location), location);
    }
    for (const url of scenario.cached) this.#disk.set(asKey(cachePath(url, this.cacheDir)), url);
  }

  trace(): ScenarioTrace {
    return { commands: this.#commands, fetched: this.#fetched, tasks: this.#tasks, reboot: this.#reboot };
  }

  async file(url: string): Promise<FetchedFile | undefined> {
    this.#fetched.push(url);
    this.#refuse(url);
    return this.#scenario.sources.includes(url) ? { file: this.#download(url), notes: [] } : undefined;
  }

  async directory(url: string): Promise<readonly FetchedDirectoryFile[]> {
    const folder = `${url}/`;
    this.#fetched.push(folder);
    this.#refuse(folder);
    return this.#scenario.sources
      .filter((source) => source.startsWith(folder))
      .map((source) => ({ url: source, file: this.#download(source) }));
  }

  async forget(): Promise<void> {}

  async readRegistry(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
  ): Promise<RegistryKey | undefined> {
    return this.#registry[view].read(key === "" ? hive : `${hive}\\${key}`, depth);
  }

  async writeRegistry(_hive: RegistryHive, key: string, name: string, value: RegistryValue): Promise<void> {
    if (key.endsWith("\\Volatile-Data") && name === "Reboot required" && value.data === 1) this.#reboot = true;
  }

  async run(line: string, options: RunOptions = {}): Promise<RunResult> {
    this.#commands.push({ line, cwd: options.cwd ?? null });
    return { exitCode: this.#next(), output: "", timedOut: false };
  }

  async runTask(task: ScheduledTask): Promise<boolean> {
    this.#tasks.push({ cmd: `"${task.program}"`, arguments: task.arguments, start_in: task.cwd ?? "" });
    this.#next();
    return true;
  }

  async put(localFile: string, target: string): Promise<void> {
    this.#disk.set(asKey(target), decodeURIComponent(path.basename(localFile)));
  }

  async exists(file: string): Promise<boolean> {
    return this.#disk.has(asKey(file));
  }

  async remove(file: string): Promise<void> {
    this.#disk.delete(asKey(file));
  }

  async hash(file: string, algorithm: string): Promise<string> {
    const digest = this.#scenario.hashes[this.#disk.get(asKey(file)) ?? ""]?.[algorithm];
    if (digest === undefined) throw new TargetError(`The scenario gives no ${algorithm} of ${file}.`);
    return digest;
  }

  async expandEnvironment(text: string): Promise<string> {
    return text.replace(/%([^%]+)%/g, (whole, name: string) => environment[name.toLowerCase()] ?? whole);
  }

  async grains(): Promise<Record<string, never>> {
    return {};
  }

  async get(_file: string, _localFile: string): Promise<void> {
    throw new TargetError("A scripted machine has no file to give.");
  }

  async close(): Promise<void> {}

  #refuse(url: string): void {
    if (!this.#scenario.raises.includes(url)) return;
    throw new FetchError(
      "http-status",
      `The server answers 404 for ${url}.`,
      `Error: HTTP 404: Not Found reading ${splitUrl(url).path}`,
    );
  }

  #download(url: string): string {
    const file = path.join(this.#folder, encodeURIComponent(url));
    writeFileSync(file, url);
    return file;
  }

  #next(): number {
    const run = this.#scenario.runs?.[this.#started++];
    for (const [view, key] of run?.delete ?? []) this.#registry[view].delete(key);
    for (const [view, key, values] of run?.set ?? []) this.#registry[view].set(key, values);
    return run?.exit ?? 0;
  }
}

/** One view of a registry as a flat list of paths. */
class ScriptedRegistry {
  readonly #keys = new Map<string, ScenarioValues>();

  constructor(registry: ScenarioRegistry) {
    for (const [key, values] of Object.entries(registry)) this.set(key, values);
  }

  set(key: string, values: ScenarioValues): void {
    const known = [...this.#keys.keys()].find((candidate) => asKey(candidate) === asKey(key));
    this.#keys.set(known ?? key, { ...(known && this.#keys.get(known)), ...values });
  }

  delete(key: string): void {
    const gone = asKey(key);
    for (const candidate of [...this.#keys.keys()]) {
      if (asKey(candidate) === gone || asKey(candidate).startsWith(`${gone}\\`)) this.#keys.delete(candidate);
    }
  }

  read(key: string, depth: number): RegistryKey | undefined {
    const wanted = asKey(key);
    let own: ScenarioValues | undefined;
    const below = new Map<string, string>();
    for (const [candidate, values] of this.#keys) {
      if (asKey(candidate) === wanted) own = values;
      if (!asKey(candidate).startsWith(`${wanted}\\`)) continue;
      const child = candidate.slice(key.length + 1).split("\\")[0] as string;
      below.set(asKey(child), below.get(asKey(child)) ?? child);
    }
    if (!own && below.size === 0) return undefined;
    const subkeys = depth > 0 ? [...below.values()].map((child) => this.read(`${key}\\${child}`, depth - 1)) : [];
    return {
      name: key.slice(key.lastIndexOf("\\") + 1),
      values: new Map(Object.entries(own ?? {}).map(([name, [type, data]]) => [name, { type, data }])),
      subkeys: subkeys.filter((subkey) => subkey !== undefined),
    };
  }
}

function asKey(text: string): string {
  return text.replaceAll("/", "\\").toLowerCase();
}
