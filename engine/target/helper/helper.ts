import { viaCmd } from "../../process/cmd-escaping.js";
import { splitProgram } from "../../process/windows-quoting.js";
import { type RunOptions, type RunResult, StartError, TargetError } from "../target.js";
import {
  decodeAnswers,
  encodeRequest,
  endCommand,
  environmentCommand,
  type HelperCommand,
  type RunAnswer,
  runCommand,
} from "./protocol.js";

/** How the helper program is started on a machine. */
export interface HelperChannel {
  /** Starts it once with a request, and gives what it wrote. */
  start(
    request: Buffer,
    limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<{ readonly output: string; readonly timedOut: boolean }>;
}

export const defaultLimitMs = 30 * 60_000;
const askLimitMs = 60_000;
/** How long the program has for itself beside what it runs. */
const graceMs = 30_000;
/** Wine fails to start one program in several hundred. */
const attempts = 3;

/** The helper program on one machine. */
export class Helper {
  readonly #channel: HelperChannel;
  #environment: ReadonlyMap<string, string> | undefined;
  #starts = 0;

  constructor(channel: HelperChannel) {
    this.#channel = channel;
  }

  /** How often the program was started. */
  get starts(): number {
    return this.#starts;
  }

  /** The variables by lower-case name. They come with the first question, whatever it is. */
  async environment(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    if (!this.#environment) await this.ask([], askLimitMs, signal);
    return this.#environment!;
  }

  /** The answers to commands, in one start. */
  async ask(
    commands: readonly HelperCommand[],
    timeoutMs: number = askLimitMs,
    signal?: AbortSignal,
  ): Promise<unknown[]> {
    const first = this.#environment === undefined;
    const answers = await this.#start(first ? [environmentCommand, ...commands] : commands, timeoutMs, signal);
    if (first) this.#environment = environmentFrom(answers.shift() as readonly string[]);
    return answers;
  }

  async run(commandLine: string, options: RunOptions & { readonly job?: string }): Promise<RunResult> {
    const { cwd = "", timeoutMs = defaultLimitMs, signal, shell, job = "" } = options;
    const { program } = splitProgram(commandLine);
    // Python's idea of an absolute path, which is Salt's.
    if (cwd !== "" && !/^(?:[a-z]:)?[\\/]/i.test(cwd)) throw StartError.noFolder(program, cwd);
    const line = shell === "cmd" ? viaCmd(commandLine) : commandLine;
    const [answer] = (await this.ask([runCommand(line, cwd, timeoutMs, job)], timeoutMs + graceMs, signal)) as [
      RunAnswer,
    ];
    if ("noFolder" in answer) throw StartError.noFolder(program, answer.noFolder);
    if ("failed" in answer) throw StartError.refused(program, answer.folder, answer.failed.error, answer.failed.reason);
    return {
      exitCode: answer.timedOut ? undefined : (answer.exitCode ?? undefined),
      output: Buffer.from(answer.output, "latin1").toString("utf8"),
      timedOut: answer.timedOut,
      cwd: answer.folder,
      ...(answer.timedOut && { notes: [limitNote(answer.exitCode)] }),
    };
  }

  /** Ends what a `run` of that job has started. */
  async end(job: string): Promise<void> {
    await this.ask([endCommand(job)]);
  }

  async #start(commands: readonly HelperCommand[], timeoutMs: number, signal?: AbortSignal): Promise<unknown[]> {
    let said = "";
    for (let attempt = 0; attempt < attempts; attempt++) {
      this.#starts++;
      const { output, timedOut } = await this.#channel.start(request(commands), {
        timeoutMs,
        ...(signal && { signal }),
      });
      const { began, answers } = decodeAnswers(output);
      if (answers) return answers;
      if (timedOut)
        throw new TargetError(`The helper program did not answer within ${Math.round(timeoutMs / 1000)} s.`);
      said = output.trim();
      // What it was told to run may have been run.
      if (began) throw new TargetError(`The helper program ended without an answer: ${said}`);
    }
    throw new TargetError(`The helper program cannot be started there: ${said || "no output"}`);
  }
}

function request(commands: readonly HelperCommand[]): Buffer {
  try {
    return encodeRequest(commands);
  } catch (error) {
    if (error instanceof RangeError) throw new TargetError(error.message);
    throw error;
  }
}

function limitNote(exitCode: number | null): string {
  if (exitCode === null) return "the time limit was reached; the program and what it started were ended";
  return (
    `the program ended with exit code ${exitCode}, but at the time limit something that it started still held its output, ` +
    "for which Salt waits without end; it was ended"
  );
}

/** `NAME=value`; what begins with `=` are cmd's folders of drives. */
function environmentFrom(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf("=", 1);
      return at > 0 && !line.startsWith("=") ? [[line.slice(0, at).toLowerCase(), line.slice(at + 1)] as const] : [];
    }),
  );
}
