import path from "node:path";
import { ProcessError, type ProcessResult, run } from "../../process/run.js";
import { TargetError } from "../target.js";

const serverLimitMs = 20_000;

/** How to install Wine, for a message. */
export const wineAdvice =
  process.platform === "darwin"
    ? "Install it with `brew install --cask wine-stable`."
    : "Install it with your system's packages (Debian and Ubuntu: `apt-get install wine wine64`; Fedora: `dnf install wine`).";

export interface WineCall {
  readonly env?: { readonly [name: string]: string };
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Wine's programs for one prefix. Nothing of our own environment but what it needs is handed on to Windows programs. */
export class WineProgram {
  readonly #program: string;
  readonly #display: string | undefined;

  constructor(
    readonly prefix: string,
    /** The `wine` program; `wineserver` is taken from beside it, or from the search path. */
    program: string = "wine",
    /** An X display for programs that show windows; without one they cannot. */
    display?: string,
  ) {
    this.#program = program;
    this.#display = display;
  }

  /** Runs a Windows program. What it writes goes through a file: Wine's services keep pipes open. */
  async run(args: readonly string[], call: WineCall): Promise<ProcessResult> {
    try {
      const result = await this.#start(this.#program, args, call);
      if (result.timedOut) await this.end();
      return result;
    } catch (error) {
      if (call.signal?.aborted) await this.end();
      throw error;
    }
  }

  /** Ends all programs of this prefix; its registry is written down. */
  async end(): Promise<void> {
    await this.#server("-k");
    await this.settle();
  }

  /** Waits until the prefix is at rest and its registry written down. False when programs keep running in it. */
  async settle(): Promise<boolean> {
    return !(await this.#server("-w")).timedOut;
  }

  #server(option: string): Promise<ProcessResult> {
    const server = this.#program.includes("/") ? path.join(path.dirname(this.#program), "wineserver") : "wineserver";
    return this.#start(server, [option], { timeoutMs: serverLimitMs });
  }

  async #start(file: string, args: readonly string[], call: WineCall): Promise<ProcessResult> {
    try {
      return await run(file, args, {
        cwd: "/",
        env: { ...this.#environment(), ...call.env },
        cleanEnv: true,
        capture: "file",
        timeoutMs: call.timeoutMs,
        signal: call.signal,
      });
    } catch (error) {
      if (error instanceof ProcessError && error.code === "ENOENT") {
        throw new TargetError(`Wine is not there (no program ${file}). ${wineAdvice}`);
      }
      throw error;
    }
  }

  #environment(): { [name: string]: string } {
    const { PATH = "/usr/bin:/bin", HOME = this.prefix, TMPDIR, XDG_RUNTIME_DIR } = process.env;
    return {
      PATH,
      HOME,
      ...(TMPDIR && { TMPDIR }),
      ...(XDG_RUNTIME_DIR && { XDG_RUNTIME_DIR }),
      ...(this.#display && { DISPLAY: this.#display }),
      // Command lines reach Windows through the environment, as UTF-8.
      LC_ALL: "C.UTF-8",
      WINEPREFIX: this.prefix,
      WINEARCH: "win64",
      WINEDEBUG: "-all",
      // Neither .NET nor HTML: Wine would offer to download them, in a window.
      WINEDLLOVERRIDES: "mscoree=;mshtml=",
    };
  }
}
