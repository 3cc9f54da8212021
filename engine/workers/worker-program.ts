import { existsSync } from "node:fs";
import path from "node:path";

/** The program of a rendering thread: a bundle on disk, or its text where everything is in one file. */
export type WorkerProgram = { readonly file: string } | { readonly text: string };

/** The bundle that lies beside the one that runs; undefined where Winrepo runs from its sources. */
export function workerProgram(): WorkerProgram | undefined {
  // Code that the bundles share may lie in a folder below.
  const places = [__dirname, path.dirname(__dirname)].map((folder) => path.join(folder, "render-worker.cjs"));
  const file = places.find((place) => existsSync(place));
  return file === undefined ? undefined : { file };
}
