import type { Profile } from "../config/profile.js";
import {
  NotFinished,
  type OpenFileServer,
  type RenderDocument,
  type RenderHost,
  type RenderSettings,
  type RenderTask,
} from "./render-host.js";
import { renderTask } from "./render-task.js";

/** How long the thread is kept before others get a turn. */
const yieldIntervalMs = 25;

/** Renders on the calling thread: between two documents it can be ended, within one it cannot. */
export class InProcessHost implements RenderHost {
  readonly width = 1;
  readonly #openFileServer: OpenFileServer;

  constructor(openFileServer: OpenFileServer) {
    this.#openFileServer = openFileServer;
  }

  async render(document: RenderDocument, profile: Profile, settings: RenderSettings, signal?: AbortSignal) {
    if (signal?.aborted) return new NotFinished("ended");
    return renderTask.run({ profile, settings }, document, this.#openFileServer);
  }

  async run<Setup extends object, Input, Result>(
    task: RenderTask<Setup, Input, Result>,
    setup: Setup,
    inputs: readonly Input[],
    signal?: AbortSignal,
  ): Promise<readonly (Result | NotFinished)[]> {
    const results: (Result | NotFinished)[] = [];
    let turnEnds = performance.now() + yieldIntervalMs;
    for (const input of inputs) {
      if (performance.now() > turnEnds) {
        await new Promise((resolve) => setTimeout(resolve));
        turnEnds = performance.now() + yieldIntervalMs;
      }
      results.push(signal?.aborted ? new NotFinished("ended") : task.run(setup, input, this.#openFileServer));
    }
    return results;
  }

  async close(): Promise<void> {}
}
