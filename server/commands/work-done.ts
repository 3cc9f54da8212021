import type { CancellationToken, Disposable, MessageConnection } from "vscode-jsonrpc/node";
import type { Progress } from "../../engine/progress.js";

type Token = number | string;

/** At most this often: a report for each file of a large repository would keep the editor busy. */
const reportPauseMs = 80;

/** Work-done progress of LSP: makes the tokens, and hears when a person cancels one. */
export class WorkDone {
  readonly #connection: MessageConnection;
  readonly #cancel = new Map<Token, () => void>();
  #created = 0;

  constructor(connection: MessageConnection) {
    this.#connection = connection;
    connection.onNotification("window/workDoneProgress/cancel", ({ token }: { token: Token }) =>
      this.#cancel.get(token)?.(),
    );
  }

  /**
   * Does a piece of work while the editor shows how far it is.
   * @param token the editor's own for this work, if it has one
   * @param supported whether the editor shows progress that the server begins
   */
  async run<T>(
    title: string,
    { token, supported, cancellation }: { token?: Token; supported: boolean; cancellation: CancellationToken },
    work: (run: { progress: Progress; signal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const subscription: Disposable = cancellation.onCancellationRequested(() => abort.abort());
    if (cancellation.isCancellationRequested) abort.abort();
    const shown = token ?? (supported ? await this.#create(() => abort.abort()) : undefined);
    const tell = (value: object) => {
      if (shown !== undefined) void this.#connection.sendNotification("$/progress", { token: shown, value });
    };
    tell({ kind: "begin", title, cancellable: true });
    try {
      return await work({ progress: throttled(tell), signal: abort.signal });
    } finally {
      tell({ kind: "end" });
      subscription.dispose();
      if (shown !== undefined) this.#cancel.delete(shown);
    }
  }

  async #create(cancel: () => void): Promise<Token> {
    const token = `winrepo-${++this.#created}`;
    this.#cancel.set(token, cancel);
    await this.#connection.sendRequest("window/workDoneProgress/create", { token });
    return token;
  }
}

function throttled(tell: (value: object) => void): Progress {
  let last = Number.NEGATIVE_INFINITY;
  return {
    report({ message, done, total }) {
      const now = performance.now();
      if (now - last < reportPauseMs) return;
      last = now;
      const percentage = done !== undefined && total ? { percentage: Math.floor((100 * done) / total) } : {};
      tell({ kind: "report", message, ...percentage });
    },
  };
}
