/** What happened, in the order it happened. Each is written before the step is taken, or right after it ended. */
export type JournalEvent =
  | { readonly event: "start"; readonly action: string; readonly packages: readonly string[] }
  | { readonly event: "fetch"; readonly package: string; readonly url: string }
  | {
      readonly event: "run";
      readonly package: string;
      readonly line: string;
      readonly cwd?: string;
      readonly scheduled?: true;
    }
  | { readonly event: "exit"; readonly package: string; readonly exitCode?: number; readonly timedOut?: true }
  | { readonly event: "end"; readonly outcome: "done" | "failed" | "cancelled" };

/** An append-only record of what is done to a target. */
export interface Journal {
  write(event: JournalEvent): void;
}

export const noJournal: Journal = { write() {} };
