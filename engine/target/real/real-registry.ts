import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { discardFolder, makeTemporaryFolder } from "../../temporary-folder.js";
import { decodeRegFile, parseRegFile } from "../reg-file.js";
import {
  type RegistryHive,
  type RegistryKey,
  type RegistryValue,
  type RegistryView,
  type RunResult,
  TargetError,
} from "../target.js";
import type { Connection } from "./connection.js";
import { volatileWriter } from "./volatile-value.js";

const limitMs = 60_000;
const longNames: { readonly [hive in RegistryHive]: string } = { HKLM: "HKEY_LOCAL_MACHINE", HKU: "HKEY_USERS" };
const noSuchKey = 1;

/** The registry of a real machine, by `reg.exe`: its exports hold every text unharmed, whatever the console's code page. */
export class RealRegistry {
  /** What was read of `HKEY_USERS` in the 64-bit view. */
  readonly #users = new Map<string, Promise<RegistryKey | undefined>>();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * The keys of users are the same in both views, and who sweeps the registry reads first the one and then the other. Each
   * read costs programs and files, so the first answer is the second one, too: once, and until something is run or written.
   */
  read(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
    signal?: AbortSignal,
  ): Promise<RegistryKey | undefined> {
    if (hive !== "HKU") return this.#readNow(hive, key, view, depth, signal);
    const name = `${depth} ${key.toLowerCase()}`;
    const known = this.#users.get(name);
    this.#users.delete(name);
    if (view === "32" && known) return known;
    const read = this.#readNow(hive, key, view, depth, signal);
    if (view === "64") this.#users.set(name, read);
    return read;
  }

  /** Something was run or written: what was read before may have changed. */
  forget(): void {
    this.#users.clear();
  }

  async #readNow(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
    signal?: AbortSignal,
  ): Promise<RegistryKey | undefined> {
    if (key === "") return this.#readHive(hive, view, depth, signal);
    const remote = `${this.#connection.tempFolder}\\winrepo-${randomBytes(6).toString("hex")}.reg`;
    const exported = await this.#reg(["export", `${hive}\\${key}`, remote, "/y", `/reg:${view}`], signal);
    if (exported.exitCode === noSuchKey) return undefined;
    if (exported.exitCode !== 0) throw failed("export", `${hive}\\${key}`, exported);
    const folder = makeTemporaryFolder("reg");
    try {
      const local = path.join(folder, "export.reg");
      await this.#connection.get(remote, local, signal);
      const tree = parseRegFile(decodeRegFile(await readFile(local)));
      return tree.find(`${longNames[hive]}\\${key}`)?.snapshot(depth);
    } finally {
      await discardFolder(folder);
      await this.#connection.discard(remote);
    }
  }

  /** A hive as a whole is too much to export: its keys are listed by name, and those read that are needed. */
  async #readHive(hive: RegistryHive, view: RegistryView, depth: number, signal?: AbortSignal): Promise<RegistryKey> {
    const names = depth > 0 ? await this.#subkeyNames(hive, signal) : [];
    const subkeys: RegistryKey[] = [];
    for (const name of names) {
      const deeper = depth > 1 ? await this.#readNow(hive, name, view, depth - 1, signal) : undefined;
      subkeys.push(deeper ?? { name, values: new Map(), subkeys: [] });
    }
    return { name: "", values: new Map(), subkeys };
  }

  async #subkeyNames(hive: RegistryHive, signal?: AbortSignal): Promise<string[]> {
    const result = await this.#reg(["query", hive], signal);
    if (result.exitCode !== 0) throw failed("query", hive, result);
    const prefix = `${longNames[hive]}\\`;
    return result.output
      .split(/\r?\n/)
      .filter((line) => line.startsWith(prefix))
      .map((line) => line.slice(prefix.length).trimEnd());
  }

  async write(hive: RegistryHive, key: string, name: string, value: RegistryValue, volatile: boolean): Promise<void> {
    this.forget();
    if (volatile && (await this.#writeVolatile(hive, key, name, value))) return;
    const named = name === "" ? ["/ve"] : ["/v", name];
    const data = Array.isArray(value.data) ? value.data.join("\\0") : String(value.data);
    const args = ["add", `${hive}\\${key}`, ...named, "/t", value.type, "/d", data, "/f", "/reg:64"];
    const result = await this.#reg(args);
    if (result.exitCode !== 0) throw failed("add", `${hive}\\${key}`, result);
  }

  /** False where PowerShell is missing or, as in Wine, says 0 and does nothing. */
  async #writeVolatile(hive: RegistryHive, key: string, name: string, value: RegistryValue): Promise<boolean> {
    const args = volatileWriter(hive, key, name, value);
    if (!args) return false;
    try {
      const { exitCode } = await this.#connection.tool("powershell.exe", args, { timeoutMs: limitMs });
      if (exitCode !== 0) return false;
    } catch (error) {
      if (error instanceof TargetError) return false;
      throw error;
    }
    const written = await this.#readNow(hive, key, "64", 0);
    return written?.values.get(name)?.data === value.data;
  }

  #reg(args: readonly string[], signal?: AbortSignal): Promise<RunResult> {
    return this.#connection.tool("reg.exe", args, { timeoutMs: limitMs, signal });
  }
}

function failed(action: string, key: string, result: RunResult): TargetError {
  const reason = result.timedOut ? "it took too long" : result.output.trim() || `exit code ${result.exitCode}`;
  return new TargetError(`reg ${action} of ${key} failed: ${reason}`);
}
