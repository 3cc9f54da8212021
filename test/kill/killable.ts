import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** Ends a program that hangs. */
const limitMs = 600_000;

/** A program made from one of our sources, to be run in processes that are killed. */
export class Killable {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  static async build(source: string): Promise<Killable> {
    // Below the project, where the bundle's packages are found.
    const scratch = path.resolve(import.meta.dirname, "../../.cache");
    mkdirSync(scratch, { recursive: true });
    const folder = mkdtempSync(path.join(scratch, "kill-"));
    const file = path.join(folder, "child.mjs");
    await build({
      entryPoints: [source],
      outfile: file,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      logLevel: "error",
    });
    return new Killable(file);
  }

  remove(): void {
    rmSync(path.dirname(this.#file), { recursive: true, force: true });
  }

  /** Runs it until it ends, or kills it that long after its first word. Gives the exit code; null when it was killed. */
  async run(args: readonly string[], killAfterMs?: number): Promise<number | null> {
    const child = this.#start(args);
    if (killAfterMs !== undefined)
      child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), killAfterMs));
    return ended(child);
  }

  /** Runs it until the condition holds, then kills it. */
  async runUntil(holds: () => boolean, args: readonly string[]): Promise<void> {
    const child = this.#start(args);
    const timer = setInterval(() => holds() && child.kill("SIGKILL"), 50);
    await ended(child);
    clearInterval(timer);
  }

  #start(args: readonly string[]) {
    const child = spawn(process.execPath, [this.#file, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: limitMs,
    });
    child.stdout.resume();
    return child;
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}
