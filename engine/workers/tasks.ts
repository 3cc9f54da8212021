import { lintTask, summaryTask } from "../lint/lint-task.js";
import type { RenderTask } from "../render/render-host.js";
import { renderTask } from "../render/render-task.js";
import { outcomeTask } from "../repo/outcome-task.js";

/** What can be done in a worker, by name. */
export const tasks: ReadonlyMap<string, AnyTask> = new Map(
  [renderTask, outcomeTask, lintTask, summaryTask].map((task) => [task.name, task as unknown as AnyTask]),
);

export type AnyTask = RenderTask<object, unknown, unknown>;
