import { parentPort, workerData } from "node:worker_threads";
import { DiskFileServer } from "../render/file-server.js";
import { outcomeOf } from "./outcome.js";
import { dataRenderer } from "./render-file.js";
import type { ReadDefinition, WorkerSetup } from "./worker-pool.js";

// The program of a rendering thread: batches of files come in, their outcomes go back.
const { mounts, ...rendering } = workerData as WorkerSetup;
const render = dataRenderer({ ...rendering, fileServer: new DiskFileServer(mounts) });

parentPort?.on("message", ({ id, batch }: { id: number; batch: readonly ReadDefinition[] }) => {
  const outcomes = batch.map(({ file, source }) => {
    const outcome = outcomeOf(render(source, file));
    // Values other than text would lose their class on the way.
    return outcome.portable ? outcome : undefined;
  });
  parentPort?.postMessage({ id, outcomes });
});
