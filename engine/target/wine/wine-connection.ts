import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { discardFolder } from "../../temporary-folder.js";
import { Helper } from "../helper/helper.js";
import { helperProgram } from "../helper/helper-program.js";
import { HostFiles } from "../host-files.js";
import type { Connection, ToolLimits } from "../real/connection.js";
import type { RunOptions, RunResult } from "../target.js";
import type { WineProgram } from "./wine-program.js";

/** A Wine prefix. Its files are reached from outside, its programs through `wine`. */
export class WineConnection implements Connection {
  readonly kind = "wine";
  readonly tempFolder = "C:\\windows\\temp";
  readonly hasScheduler = false;
  readonly helper = new Helper({ start: (request, limits) => this.#startHelper(request, limits) });
  readonly #files: HostFiles;
  readonly #wine: WineProgram;
  readonly #onClose: () => Promise<void>;

  constructor(
    wine: WineProgram,
    /** What to do when the work is done. A prefix that stays keeps what runs in it, as a machine does. */
    onClose: () => Promise<void> = async () => {},
  ) {
    this.#wine = wine;
    this.#onClose = onClose;
    this.#files = new HostFiles({
      drive: (letter) => {
        const folder = path.join(wine.prefix, "dosdevices", `${letter.toLowerCase()}:`);
        return existsSync(folder) ? folder : undefined;
      },
      share: () => undefined,
    });
  }

  run(commandLine: string, options: RunOptions): Promise<RunResult> {
    return this.helper.run(commandLine, options);
  }

  /** Starts the helper program in a folder that holds nothing else, for Windows looks for programs there. */
  async #startHelper(request: Buffer, limits: ToolLimits): Promise<{ output: string; timedOut: boolean }> {
    const name = `winrepo-${randomBytes(6).toString("hex")}`;
    const folder = path.join(this.#files.local(this.tempFolder), name);
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(path.join(folder, "helper.exe"), helperProgram());
      await writeFile(path.join(folder, "request"), request);
      const windowsFolder = `${this.tempFolder}\\${name}`;
      const result = await this.#wine.run([`${windowsFolder}\\helper.exe`, `${windowsFolder}\\request`], limits);
      return { output: result.stdout, timedOut: result.timedOut };
    } finally {
      await discardFolder(folder);
    }
  }

  /** Straight from here: the low byte of the exit code is enough. */
  async tool(program: string, args: readonly string[], limits: ToolLimits): Promise<RunResult> {
    const result = await this.#wine.run([program, ...args], limits);
    return { exitCode: result.exitCode, output: result.stdout, timedOut: result.timedOut };
  }

  put(localFile: string, windowsPath: string): Promise<void> {
    return this.#files.put(localFile, windowsPath);
  }

  get(windowsPath: string, localFile: string): Promise<void> {
    return this.#files.get(windowsPath, localFile);
  }

  async exists(windowsPath: string): Promise<boolean> {
    return this.#files.exists(windowsPath);
  }

  async isFolder(windowsPath: string): Promise<boolean> {
    return this.#files.isFolder(windowsPath);
  }

  remove(windowsPath: string): Promise<void> {
    return this.#files.remove(windowsPath);
  }

  discard(windowsPath: string): Promise<void> {
    return this.#files.remove(windowsPath).catch(() => undefined);
  }

  hash(windowsPath: string, algorithm: string): Promise<string> {
    return this.#files.hash(windowsPath, algorithm);
  }

  close(): Promise<void> {
    return this.#onClose();
  }
}
