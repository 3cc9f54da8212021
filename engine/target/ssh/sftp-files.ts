import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { inTemporaryFolder } from "../../temporary-folder.js";
import { hashFile } from "../host-files.js";
import { TargetError } from "../target.js";
import { pathParts } from "../windows-path.js";
import type { SshClient } from "./ssh-client.js";

const transferLimitMs = 60 * 60_000;
const quickLimitMs = 60_000;

/** Files of a host behind sftp. */
export class SftpFiles {
  /** Removed with the next batch. */
  readonly #garbage: string[] = [];
  readonly #last: string[] = [];
  readonly #made = new Set<string>();
  readonly #client: SshClient;
  readonly #drives: string;

  constructor(
    client: SshClient,
    /** How the server names drives: `/{drive}:/` with Windows' OpenSSH, `/cygdrive/{drive}/` with Cygwin's. */
    drives: string,
  ) {
    this.#client = client;
    this.#drives = drives;
  }

  async put(localFile: string, windowsPath: string, signal?: AbortSignal): Promise<void> {
    const to = this.#remote(windowsPath);
    const part = `${to}.winrepo-${randomBytes(4).toString("hex")}`;
    const folders = this.#foldersOf(windowsPath).filter((folder) => !this.#made.has(folder));
    const lines = [
      ...folders.map((folder) => `-mkdir ${quoted(folder)}`),
      `put ${quoted(localPath(localFile))} ${quoted(part)}`,
    ];
    await this.#batch(
      [...lines, `rename ${quoted(part)} ${quoted(to)}`],
      `copy ${localFile} to ${windowsPath}`,
      signal,
      [`-rm ${quoted(to)}`, `rename ${quoted(part)} ${quoted(to)}`],
    );
    for (const folder of folders) this.#made.add(folder);
  }

  async get(windowsPath: string, localFile: string, signal?: AbortSignal): Promise<void> {
    await mkdir(path.dirname(localFile), { recursive: true });
    const line = `get ${quoted(this.#remote(windowsPath))} ${quoted(localPath(localFile))}`;
    await this.#batch([line], `fetch ${windowsPath}`, signal);
  }

  exists(windowsPath: string): Promise<boolean> {
    return this.#succeeds("ls -1f", windowsPath);
  }

  isFolder(windowsPath: string): Promise<boolean> {
    return this.#succeeds("cd", windowsPath);
  }

  async #succeeds(command: string, windowsPath: string): Promise<boolean> {
    let remote: string;
    try {
      remote = this.#remote(windowsPath);
    } catch (error) {
      if (error instanceof TargetError) return false;
      throw error;
    }
    const result = await this.#client.sftp([`${command} ${quoted(remote)}`], { timeoutMs: quickLimitMs });
    return result.exitCode === 0;
  }

  async remove(windowsPath: string): Promise<void> {
    if (pathParts(windowsPath).length < 2) throw new TargetError(`${windowsPath} is a whole drive; it is not removed.`);
    await this.#removeRemote(this.#remote(windowsPath));
  }

  /** A helper's file that must go some time: with the next batch, or at the end. */
  removeLater(windowsPath: string): void {
    this.#garbage.push(this.#remote(windowsPath));
  }

  /** A helper's file that is needed until the end. */
  removeLast(windowsPath: string): void {
    this.#last.push(this.#remote(windowsPath));
  }

  hash(windowsPath: string, algorithm: string): Promise<string> {
    return inTemporaryFolder("hash", async (folder) => {
      const local = path.join(folder, "file");
      await this.get(windowsPath, local);
      return hashFile(local, algorithm, windowsPath);
    });
  }

  async clean(): Promise<void> {
    this.#garbage.push(...this.#last.splice(0));
    if (this.#garbage.length > 0) await this.#client.sftp(this.#takeGarbage(), { timeoutMs: quickLimitMs });
  }

  async #removeRemote(remote: string): Promise<void> {
    const file = await this.#client.sftp([`rm ${quoted(remote)}`], { timeoutMs: quickLimitMs });
    if (file.exitCode === 0) return;
    const listed = await this.#client.sftp([`ls -1a ${quoted(remote)}`], { timeoutMs: quickLimitMs });
    if (listed.exitCode !== 0) return;
    for (const line of listed.stdout.split(/\r?\n/)) {
      // Names, or whole paths by some versions; sftp repeats its commands before their output.
      const name = path.posix.basename(line.trimEnd());
      if (!line.startsWith("sftp> ") && name !== "" && name !== "." && name !== "..")
        await this.#removeRemote(`${remote}/${name}`);
    }
    await this.#batch([`rmdir ${quoted(remote)}`], `remove ${remote}`);
    this.#made.clear();
  }

  /** Runs a batch; when it fails, `otherwise` in its place, and an error when that fails too. */
  async #batch(
    lines: readonly string[],
    what: string,
    signal?: AbortSignal,
    otherwise?: readonly string[],
  ): Promise<void> {
    const result = await this.#client.sftp([...this.#takeGarbage(), ...lines], {
      timeoutMs: transferLimitMs,
      signal,
    });
    if (result.exitCode === 0) return;
    if (otherwise && !result.timedOut) return this.#batch(otherwise, what, signal);
    const reason = result.timedOut ? "it took too long" : complaint(result.stderr);
    throw new TargetError(`Could not ${what}: ${reason}`);
  }

  #takeGarbage(): string[] {
    return this.#garbage.splice(0).map((remote) => `-rm ${quoted(remote)}`);
  }

  #remote(windowsPath: string): string {
    const [root, ...names] = pathParts(windowsPath);
    if (root === "") throw new TargetError(`${windowsPath} is a share; sftp reaches drives only.`);
    return `${this.#root(root!)}${names.join("/")}`;
  }

  #root(drive: string): string {
    return this.#drives.replace("{drive}", drive[0]!);
  }

  #foldersOf(windowsPath: string): string[] {
    const [root, ...names] = pathParts(windowsPath);
    return names.slice(0, -1).map((_, at) => `${this.#root(root!)}${names.slice(0, at + 1).join("/")}`);
  }
}

/** sftp's own quoting; what stands in quotes is no pattern. */
function quoted(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new TargetError("A file's name cannot hold a line break.");
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** A name that begins with a dash would be an option. */
const localPath = (file: string): string => path.resolve(file).replaceAll("\\", "/");

/** The last line that says something; refusals of `-mkdir` come before it and mean nothing. */
function complaint(stderr: string): string {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== "" && !/mkdir/i.test(line));
  return lines.at(-1)?.trim() ?? "sftp gave no reason";
}
