/** How a long operation reports where it is. Calls are cheap and may be many. */
export interface Progress {
  report(step: { message: string; done?: number; total?: number }): void;
}

export const noProgress: Progress = { report() {} };
