import { isFileAt, nearestPath } from "../nearest-path.js";
import type { Problem } from "../problem.js";
import type { FileServer } from "./file-server.js";

/**
 * A template that was not found, in words, with the path that works. Imports start at the file server's root, never at the
 * folder of the definition (salt-reference §3.6): `./map.jinja` and `tpldir ~ '/map.jinja'` lead there, too.
 */
export function explainImport(
  problem: Problem,
  { fileServer, path: definition }: { readonly fileServer?: FileServer; readonly path: string },
): Problem {
  if (problem.code !== "jinja-template-not-found" || problem.message === "") return problem;
  const [name = "", ...more] = problem.message.split(" (in ");
  const where = more.length > 0 ? ` (in ${more.join(" (in ")}` : "";
  const advice = more.length > 0 ? "Write the path from there." : adviceFor(name, fileServer, definition);
  return {
    ...problem,
    message: `There is no template '${name}' on the file server${where}`,
    advice: `Imports start at the file server's root, not beside this file. ${advice}`,
  };
}

function adviceFor(name: string, fileServer: FileServer | undefined, definition: string): string {
  const { list } = fileServer ?? {};
  const folder = /^.*[\\/]/s.exec(definition)?.[0] ?? "";
  const beside = fileServer?.pathOf?.(folder + name);
  if (list && beside !== undefined && isFileAt(beside, list)) return `Write '${beside}'.`;
  const near = list && nearestPath(name, list);
  return near === undefined
    ? "Write the path from there, such as 'win/repo-ng/map.jinja'."
    : `There is '${near}'; is that meant?`;
}
