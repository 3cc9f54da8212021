import type { Progress } from "../../progress.js";
import type { CommandOutput } from "../output.js";

const repaintMs = 100;

/** Progress on standard error: one line that is written over on a terminal, else one line per step. */
export class LiveProgress implements Progress {
  #shown = "";
  #painted = 0;
  readonly #stderr: CommandOutput;

  constructor(stderr: CommandOutput) {
    this.#stderr = stderr;
  }

  report({ message, done, total }: { message: string; done?: number; total?: number }): void {
    if (!this.#stderr.isTTY) {
      // How far a step is, is for those who watch; a log wants the steps.
      if (message !== this.#shown && done === undefined) this.#stderr.write(`${message}\n`);
      this.#shown = message;
      return;
    }
    const now = Date.now();
    if (message === this.#shown && now - this.#painted < repaintMs) return;
    this.#shown = message;
    this.#painted = now;
    this.#stderr.overwrite(done === undefined ? message : `${message} ${amount(message, done, total)}`);
  }

  /** Takes the line away, so that results start on a clean one. */
  end(): void {
    this.#stderr.overwrite("");
  }
}

/** Downloads, which are named by their address, are counted in bytes; everything else in pieces. */
function amount(message: string, done: number, total: number | undefined): string {
  const unit = (number: number) =>
    message.includes("://") ? `${(number / 1024 / 1024).toFixed(1)} MB` : String(number);
  return total ? `${Math.floor((100 * done) / total)} % of ${unit(total)}` : unit(done);
}
