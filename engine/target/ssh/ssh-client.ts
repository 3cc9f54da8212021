import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LongLived, startLongLived } from "../../process/long-lived.js";
import { ProcessError, type ProcessOptions, type ProcessResult, run } from "../../process/run.js";
import { discardFolder, makeTemporaryFolder } from "../../temporary-folder.js";
import { TargetError } from "../target.js";

export interface SshHost {
  /** A name of the user's ssh configuration, or a host's own name or address. */
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** A configuration file in place of the user's own. */
  readonly config?: string;
}

const connectLimitMs = 30_000;
const pollMs = 50;
/** How ssh and sftp end when they themselves fail. */
const connectionFailed = 255;

/**
 * The system's ssh and sftp to one host: the user's configuration, agent and known hosts. Host keys are always checked and
 * nothing is ever asked. One connection is kept open for all calls, except from Windows, whose ssh cannot share one.
 */
export class SshClient {
  readonly #host: SshHost;
  readonly #folder: string;
  readonly #master: LongLived | undefined;

  private constructor(host: SshHost, folder: string, master: LongLived | undefined) {
    this.#host = host;
    this.#folder = folder;
    this.#master = master;
  }

  static async connect(host: SshHost, signal?: AbortSignal): Promise<SshClient> {
    // OpenSSH would take such a name for an option.
    if (host.host.startsWith("-")) throw new TargetError(`Not a host name: ${host.host}`);
    const folder = makeTemporaryFolder("ssh");
    try {
      const master = process.platform === "win32" ? undefined : await startMaster(host, folder, signal);
      const client = new SshClient(host, folder, master);
      return client;
    } catch (error) {
      await discardFolder(folder);
      throw error;
    }
  }

  /** Runs a command in the host's own shell. Exit code 255 may be the command's or say that ssh itself failed. */
  async execute(
    command: string,
    options: Pick<ProcessOptions, "timeoutMs" | "signal" | "capture">,
  ): Promise<ProcessResult> {
    return start("ssh", [...this.#options("-p"), "-T", "-n", "--", this.#destination, command], options);
  }

  /** What to say when ssh itself failed. */
  connectionLost(output: string): TargetError {
    return connectionLost(this.#host, output);
  }

  /** Runs lines of sftp's batch language. A failing line ends the batch with exit code 1, unless it begins with `-`. */
  async sftp(
    lines: readonly string[],
    options: Pick<ProcessOptions, "timeoutMs" | "signal"> = {},
  ): Promise<ProcessResult> {
    const args = [...this.#options("-P"), "-q", "-b", "-", "--", this.#destination];
    const result = await start("sftp", args, { ...options, input: `${lines.join("\n")}\n` });
    if (result.exitCode === connectionFailed && !result.timedOut) throw connectionLost(this.#host, result.stderr);
    return result;
  }

  async close(): Promise<void> {
    await this.#master?.stop().catch(() => undefined);
    await discardFolder(this.#folder);
  }

  get #destination(): string {
    return destinationOf(this.#host);
  }

  #options(portFlag: "-p" | "-P"): string[] {
    const control = this.#master ? ["-o", `ControlPath=${controlPath(this.#folder)}`, "-o", "ControlMaster=no"] : [];
    return [...commonOptions(this.#host, portFlag), ...control];
  }
}

function commonOptions({ config, port }: SshHost, portFlag: "-p" | "-P"): string[] {
  return [
    ...(config ? ["-F", config] : []),
    ...(port ? [portFlag, String(port)] : []),
    ...["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=15"],
    ...["-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4", "-o", "RemoteCommand=none"],
  ];
}

const destinationOf = ({ user, host }: SshHost): string => (user ? `${user}@${host}` : host);
/** Short: a socket's path may have about a hundred characters. */
const controlPath = (folder: string): string => path.join(folder, "c");

async function startMaster(host: SshHost, folder: string, signal?: AbortSignal): Promise<LongLived> {
  const socket = controlPath(folder);
  const control = ["-o", `ControlPath=${socket}`, "-o", "ControlPersist=no", "-M", "-N", "-T"];
  const args = [...commonOptions(host, "-p"), ...control, "--", destinationOf(host)];
  let master: LongLived;
  try {
    master = await startLongLived("ssh", args);
  } catch (error) {
    throw noSsh(error, "ssh");
  }
  let ended = false;
  void master.exited.then(() => {
    ended = true;
  });
  const check = [
    ...(host.config ? ["-F", host.config] : []),
    "-o",
    `ControlPath=${socket}`,
    "-O",
    "check",
    "--",
    host.host,
  ];
  for (const end = Date.now() + connectLimitMs; Date.now() < end && !ended; await sleep(pollMs)) {
    if (signal?.aborted) {
      await master.stop();
      signal.throwIfAborted();
    }
    const answer = await start("ssh", check, { timeoutMs: connectLimitMs });
    if (answer.exitCode === 0) return master;
  }
  await master.stop();
  throw connectionLost(host, master.stderr());
}

async function start(file: "ssh" | "sftp", args: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  try {
    return await run(file, args, options);
  } catch (error) {
    throw noSsh(error, file);
  }
}

function noSsh(error: unknown, file: string): unknown {
  if (!(error instanceof ProcessError)) return error;
  return new TargetError(
    `${error.message} Targets of kind ssh need OpenSSH's programs ssh and sftp (${file} is missing).`,
  );
}

function connectionLost(host: SshHost, stderr: string): TargetError {
  const reason = stderr.trim().split(/\r?\n/).slice(-4).join(" ") || "no answer";
  const shown = destinationOf(host);
  const advice = /host key verification failed|host key is known|REMOTE HOST IDENTIFICATION/i.test(stderr)
    ? ` Its host key is not the known one, or not known yet: connect once by hand (\`ssh ${shown}\`) and compare it.`
    : /permission denied/i.test(stderr)
      ? " Nothing is asked here: log in with a key that your ssh agent or configuration offers."
      : "";
  return new TargetError(`No connection to ${shown}: ${reason}${advice}`);
}
