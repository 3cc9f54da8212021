import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { doublePercent, escapeForCmd } from "../../process/cmd-escaping.js";
import { joinCommandLine } from "../../process/windows-quoting.js";
import { inTemporaryFolder } from "../../temporary-folder.js";
import type { Connection, ToolLimits } from "../real/connection.js";
import { startLine } from "../real/direct-start.js";
import { RealTarget } from "../real/real-target.js";
import { type RunOptions, type RunResult, TargetError } from "../target.js";
import { SftpFiles } from "./sftp-files.js";
import { SshClient, type SshHost } from "./ssh-client.js";

const defaultLimitMs = 30 * 60_000;
const endLimitMs = 20_000;
const certutilLimitMs = 10 * 60_000;
const certutilKnows = new Set(["md5", "sha1", "sha256", "sha384", "sha512"]);

/** A Windows host behind ssh. */
export class SshConnection implements Connection {
  readonly kind = "ssh";
  /** Everybody may write there, and the name has nothing that a shell would mind. */
  readonly tempFolder = "C:\\ProgramData\\winrepo";
  readonly hasScheduler = true;
  readonly #files: SftpFiles;
  readonly #client: SshClient;

  constructor(client: SshClient, drives: string) {
    this.#client = client;
    this.#files = new SftpFiles(client, drives);
  }

  async run(commandLine: string, options: RunOptions): Promise<RunResult> {
    return this.#runBatch(await startLine(commandLine, options, (file) => this.exists(file)), options);
  }

  tool(program: string, args: readonly string[], limits: ToolLimits): Promise<RunResult> {
    return this.#runBatch(joinCommandLine(program, args), limits);
  }

  /**
   * ssh gives the low byte of an exit code, and the host's shell may be anything; so the line is put into a batch file that
   * tells the whole code at its end.
   */
  async #runBatch(line: string, options: RunOptions): Promise<RunResult> {
    const nonce = randomBytes(8).toString("hex");
    const batch = `${this.tempFolder}\\run-${nonce}.bat`;
    await inTemporaryFolder("run", async (local) => {
      await writeFile(path.join(local, "run.bat"), batchText(line, options.cwd, nonce));
      await this.#files.put(path.join(local, "run.bat"), batch, options.signal);
    });
    try {
      const result = await this.#client.execute(`cmd /d /c ${batch}`, {
        timeoutMs: options.timeoutMs ?? defaultLimitMs,
        signal: options.signal,
        capture: "file",
      });
      if (result.timedOut) return await this.#ended(nonce, result.stdout);
      const end = new RegExp(`WINREPO-${nonce}=(-?\\d+)[ \\t]*\\r?\\n?`).exec(result.stdout);
      if (!end && result.exitCode === 255) throw this.#client.connectionLost(result.stdout);
      if (!end)
        throw new TargetError(`The host did not tell how ${line} ended: ${result.stdout.trim() || "no output"}`);
      return { exitCode: Number(end[1]) >>> 0, output: result.stdout.replace(end[0], ""), timedOut: false };
    } catch (error) {
      if (options.signal?.aborted) await this.#endRemote(nonce);
      throw error;
    } finally {
      this.#files.removeLater(batch);
    }
  }

  async #ended(nonce: string, output: string): Promise<RunResult> {
    await this.#endRemote(nonce);
    return {
      exitCode: undefined,
      output,
      timedOut: true,
      notes: ["the time limit was reached; the host was told to end the program and all that it started"],
    };
  }

  /** A host lets programs go on when their connection ends. They are found by the batch file's name. */
  async #endRemote(nonce: string): Promise<void> {
    const script =
      `Get-CimInstance Win32_Process -Filter "CommandLine LIKE '%run-${nonce}.bat%'" | ` +
      "ForEach-Object { taskkill.exe /T /F /PID $_.ProcessId }";
    const encoded = Buffer.from(script, "utf16le").toString("base64");
    const command = `powershell -NoProfile -NonInteractive -EncodedCommand ${encoded}`;
    await this.#client.execute(command, { timeoutMs: endLimitMs, capture: "file" });
  }

  put(localFile: string, windowsPath: string, signal?: AbortSignal): Promise<void> {
    return this.#files.put(localFile, windowsPath, signal);
  }

  get(windowsPath: string, localFile: string, signal?: AbortSignal): Promise<void> {
    return this.#files.get(windowsPath, localFile, signal);
  }

  exists(windowsPath: string): Promise<boolean> {
    return this.#files.exists(windowsPath);
  }

  remove(windowsPath: string): Promise<void> {
    return this.#files.remove(windowsPath);
  }

  async discard(windowsPath: string): Promise<void> {
    this.#files.removeLater(windowsPath);
  }

  /** On the host where it can be had there, for files are large and lines are slow; else the file is fetched. */
  async hash(windowsPath: string, algorithm: string): Promise<string> {
    const name = algorithm.toLowerCase();
    if (certutilKnows.has(name)) {
      const args = ["-hashfile", windowsPath, name.toUpperCase()];
      const result = await this.tool("certutil.exe", args, { timeoutMs: certutilLimitMs });
      // Older ones put blanks between the bytes.
      const digest = /^(?:[0-9a-f]{2} ?){16,64}\r?$/im.exec(result.output)?.[0].replace(/[^0-9a-f]/gi, "");
      if (result.exitCode === 0 && digest) return digest.toLowerCase();
    }
    return this.#files.hash(windowsPath, algorithm);
  }

  async close(): Promise<void> {
    // The connection may be what broke; what was done over it counts all the same.
    await this.#files.clean().catch(() => undefined);
    await this.#client.close();
  }
}

/** UTF-8, which cmd reads from the line on that says so. */
function batchText(line: string, cwd: string | undefined, nonce: string): string {
  const folder = doublePercent(cwd ?? "C:\\");
  const enter = folder.startsWith("\\\\") ? `pushd "${folder}"` : `cd /d "${folder}"`;
  const command = doublePercent(escapeForCmd(line));
  return ["@echo off", "chcp 65001 >nul", enter, command, `echo WINREPO-${nonce}=%ERRORLEVEL%`, ""].join("\r\n");
}

export interface SshOptions extends SshHost {
  readonly name: string;
  readonly drives?: string;
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
}

/** A Windows host with OpenSSH as a target, connected. */
export async function openSsh(options: SshOptions): Promise<RealTarget> {
  const client = await SshClient.connect(options, options.signal);
  return new RealTarget(options.name, new SshConnection(client, options.drives ?? "/{drive}:/"), options.cacheDir);
}
