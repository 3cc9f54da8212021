import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { doublePercent, escapeForCmd } from "../../process/cmd-escaping.js";
import { discardFolder } from "../../temporary-folder.js";
import { HostFiles } from "../host-files.js";
import type { Connection, ToolLimits } from "../real/connection.js";
import { startLine } from "../real/direct-start.js";
import { type RunOptions, type RunResult, TargetError } from "../target.js";
import type { WineProgram } from "./wine-program.js";

const defaultLimitMs = 30 * 60_000;

/** A Wine prefix. Its files are reached from outside, its programs through `wine`. */
export class WineConnection implements Connection {
  readonly kind = "wine";
  readonly tempFolder = "C:\\windows\\temp";
  readonly hasScheduler = false;
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

  /**
   * Wine gives the low byte of an exit code only, so a batch file runs the line and writes the whole code down. The line
   * itself comes through the environment, where characters beyond ASCII come to no harm.
   */
  async run(commandLine: string, options: RunOptions): Promise<RunResult> {
    const line = await startLine(commandLine, options, (file) => this.exists(file));
    const folder = path.join(this.#files.local(this.tempFolder), `winrepo-${randomBytes(6).toString("hex")}`);
    const windowsFolder = `${this.tempFolder}\\${path.basename(folder)}`;
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(path.join(folder, "run.bat"), batch);
      const result = await this.#wine.run(["cmd", "/d", "/c", `${windowsFolder}\\run.bat`], {
        env: {
          // Unlike Windows' cmd, Wine's looks for variables in a variable's value again.
          WINREPO_LINE: doublePercent(escapeForCmd(line)),
          WINREPO_CWD: options.cwd ?? "C:\\",
          WINREPO_CODE: `${windowsFolder}\\code`,
        },
        timeoutMs: options.timeoutMs ?? defaultLimitMs,
        signal: options.signal,
      });
      const code = await readFile(path.join(folder, "code"), "latin1").catch(() => "");
      if (!result.timedOut && !/^\s*-?\d+/.test(code)) {
        throw new TargetError(
          `Wine could not run ${commandLine}: ${result.stdout.trim() || `exit status ${result.exitCode}`}`,
        );
      }
      return {
        exitCode: result.timedOut ? undefined : Number.parseInt(code, 10) >>> 0,
        output: result.stdout,
        timedOut: result.timedOut,
        ...(result.timedOut && { notes: ["the time limit was reached; all programs of the Wine prefix were ended"] }),
      };
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

const batch = ["@echo off", 'cd /d "%WINREPO_CWD%"', "%WINREPO_LINE%", '>"%WINREPO_CODE%" echo %ERRORLEVEL%', ""].join(
  "\r\n",
);
