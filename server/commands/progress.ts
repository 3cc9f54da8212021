import type {
  CancellationToken,
  Connection,
  WorkDoneProgressReporter,
  WorkDoneProgressServerReporter,
} from "vscode-languageserver/node";
import type { Progress } from "../../engine/progress.js";

/** At most this often: a report for each file of a large repository would keep the editor busy. */
const reportIntervalMs = 80;

/** The part of the connection that shows progress which the server begins. */
export type ProgressWindow = Pick<Connection["window"], "createWorkDoneProgress">;

/** How a piece of work is shown, and who may cancel it. */
export interface ShownAs {
  readonly title: string;
  /** Of the request: what cancels it. */
  readonly token: CancellationToken;
  /** Of the request's own `workDoneToken`; undefined when it has none, and the server begins a progress itself. */
  readonly reporter: WorkDoneProgressReporter | undefined;
  readonly window: ProgressWindow;
}

/** Does a piece of work while the editor shows how far it is. The request and the progress can both be cancelled. */
export async function withProgress<T>(
  { title, token, reporter, window }: ShownAs,
  work: (run: { readonly progress: Progress; readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const cancelWith = (source: CancellationToken) => {
    if (source.isCancellationRequested) abort.abort();
    return source.onCancellationRequested(() => abort.abort());
  };
  const begun = reporter ? undefined : await created(window);
  const shown = reporter ?? begun;
  const subscriptions = [token, ...(begun ? [begun.token] : [])].map(cancelWith);
  shown?.begin(title, undefined, undefined, true);
  try {
    return await work({ progress: throttled(shown), signal: abort.signal });
  } finally {
    shown?.done();
    for (const subscription of subscriptions) subscription.dispose();
  }
}

/** An editor that refuses to show a progress gets the work all the same. */
async function created(window: ProgressWindow): Promise<WorkDoneProgressServerReporter | undefined> {
  try {
    return await window.createWorkDoneProgress();
  } catch {
    return undefined;
  }
}

function throttled(shown: WorkDoneProgressReporter | undefined): Progress {
  let last = Number.NEGATIVE_INFINITY;
  return {
    report({ message, done, total }) {
      const now = performance.now();
      if (now - last < reportIntervalMs) return;
      last = now;
      if (done !== undefined && total) shown?.report(Math.floor((100 * done) / total), message);
      else shown?.report(message);
    },
  };
}
