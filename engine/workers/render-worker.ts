import { parentPort } from "node:worker_threads";
import { openDiskFiles } from "../repo/disk-file-server.js";
import { keptSetups, type Reply, type Request } from "./messages.js";
import { type AnyTask, tasks } from "./tasks.js";

// The program of a rendering thread: inputs of a task come in, packed results go back.
const setups = new Map<number, object>();

parentPort?.on("message", (request: Request) => {
  if ("setup" in request) keep(request);
  else parentPort?.postMessage(answer(request));
});

function keep({ setup, value }: Extract<Request, { setup: number }>): void {
  const [oldest] = setups.keys();
  if (setups.size === keptSetups && oldest !== undefined) setups.delete(oldest);
  setups.set(setup, value);
}

function answer({ task: name, using, inputs }: Extract<Request, { task: string }>): Reply {
  try {
    const task = tasks.get(name) as AnyTask;
    const setup = setups.get(using) as object;
    return {
      results: inputs.map((input) => task.pack(task.run(setup, input, openDiskFiles))),
    };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
