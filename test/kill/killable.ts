import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** A program made from one of our sources, to be run in processes that are killed. */
export class Killable {
  private constructor(private readonly file: string) {}

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
    rmSync(path.dirname(this.file), { recursive: true, force: true });
  }

  /** Runs it until it ends, or kills it that long after its first word. Gives the exit code; null when it was killed. */
  async run(args: readonly string[], killAfterMs = 60_000): Promise<number | null> {
    const child = spawn(process.execPath, [this.file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    const guard = setTimeout(() => child.kill("SIGKILL"), 60_000);
    let timer: NodeJS.Timeout | undefined;
    child.stdout.once("data", () => {
      timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    });
    child.stdout.resume();
    const [code] = (await once(child, "close")) as [number | null];
    clearTimeout(guard);
    clearTimeout(timer);
    return code;
  }
}
