import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { doublePercent, escapeForCmd } from "../../process/cmd-escaping.js";
import { joinCommandLine } from "../../process/windows-quoting.js";
import { inTemporaryFolder } from "../../temporary-folder.js";
import { defaultLimitMs, Helper } from "../helper/helper.js";
import { helperProgram } from "../helper/helper-program.js";
import type { Connection, ToolLimits } from "../real/connection.js";
import { RealTarget } from "../real/real-target.js";
import { type RunOptions, type RunResult, TargetError } from "../target.js";
import { startLine } from "./direct-start.js";
import { SftpFiles } from "./sftp-files.js";
import { SshClient, type SshHost } from "./ssh-client.js";

const endLimitMs = 20_000;
const certutilLimitMs = 10 * 60_000;
const certutilKnows = new Set(["md5", "sha1", "sha256", "sha384", "sha512"]);

/** A Windows host behind ssh. */
export class SshConnection implements Connection {
  readonly kind = "ssh";
  /** Everybody may write there, and the name has nothing that a shell would mind. */
  readonly tempFolder = "C:\\ProgramData\\winrepo";
  readonly hasScheduler = true;
  helper: Helper | undefined;
  /** Why there is no helper program. */
  #noHelper = "";
  readonly #files: SftpFiles;
  readonly #client: SshClient;

  private constructor(client: SshClient, drives: string) {
    this.#client = client;
    this.#files = new SftpFiles(client, drives);
  }

  /** Puts the helper program there and asks it something. A host that does not let it run is worked with by batch files. */
  static async open(
    client: SshClient,
    drives: string,
    options: { readonly signal?: AbortSignal; readonly program?: Buffer } = {},
  ): Promise<SshConnection> {
    const { signal } = options;
    const connection = new SshConnection(client, drives);
    const program = `${connection.tempFolder}\\helper-${randomBytes(8).toString("hex")}.exe`;
    try {
      await connection.#putContent(options.program ?? helperProgram(), program, signal);
      const helper = new Helper({ start: (request, limits) => connection.#startHelper(program, request, limits) });
      await helper.environment(signal);
      connection.helper = helper;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TargetError)) throw error;
      connection.#noHelper = error.message;
    }
    connection.#files.removeLast(program);
    return connection;
  }

  async run(commandLine: string, options: RunOptions): Promise<RunResult> {
    if (!this.helper) {
      const result = await this.#runBatch(await startLine(commandLine, options, (file) => this.exists(file)), options);
      return { ...result, notes: [...(result.notes ?? []), batchNote(this.#noHelper)] };
    }
    const job = `winrepo-${randomBytes(8).toString("hex")}`;
    try {
      return await this.helper.run(commandLine, { ...options, job });
    } catch (error) {
      // A host lets programs go on when their connection ends.
      if (options.signal?.aborted) await this.helper.end(job);
      throw error;
    }
  }

  async #startHelper(
    program: string,
    request: Buffer,
    limits: ToolLimits,
  ): Promise<{ output: string; timedOut: boolean }> {
    const file = `${this.tempFolder}\\request-${randomBytes(8).toString("hex")}`;
    await this.#putContent(request, file, limits.signal);
    try {
      const result = await this.#client.execute(`${program} ${file}`, { ...limits, capture: "file" });
      if (result.exitCode === 255 && !result.timedOut) throw this.#client.connectionLost(result.stdout);
      return { output: result.stdout, timedOut: result.timedOut };
    } finally {
      this.#files.removeLater(file);
    }
  }

  async #putContent(content: string | Buffer, windowsPath: string, signal?: AbortSignal): Promise<void> {
    await inTemporaryFolder("put", async (folder) => {
      const local = path.join(folder, "content");
      await writeFile(local, content);
      await this.#files.put(local, windowsPath, signal);
    });
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
    await this.#putContent(batchText(line, options.cwd, nonce), batch, options.signal);
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

  isFolder(windowsPath: string): Promise<boolean> {
    return this.#files.isFolder(windowsPath);
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

const batchNote = (reason: string): string =>
  `the line went through a batch file, which is not quite how Salt starts programs: line breaks and lines over 8191 characters cannot be. ${reason}`;

/** UTF-8, which cmd reads from the line on that says so. */
function batchText(line: string, cwd: string | undefined, nonce: string): string {
  const folder = cwd === undefined ? "%USERPROFILE%" : doublePercent(cwd);
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
  try {
    const connection = await SshConnection.open(client, options.drives ?? "/{drive}:/", options);
    return new RealTarget(options.name, connection, options.cacheDir);
  } catch (error) {
    await client.close();
    throw error;
  }
}
