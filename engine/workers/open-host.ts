import type { RenderHost } from "../render/render-host.js";
import { inProcessHost } from "../repo/disk-file-server.js";
import { WorkerHost } from "./worker-host.js";
import { workerProgram } from "./worker-program.js";

/** Renders in workers; where Winrepo runs from its sources, and has no bundle to start them with, on this thread. */
export function openRenderHost(): RenderHost {
  const program = workerProgram();
  return program ? new WorkerHost(program) : inProcessHost;
}
