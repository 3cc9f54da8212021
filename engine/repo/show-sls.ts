import { stat } from "node:fs/promises";
import path from "node:path";
import { NotFinished } from "../render/render-host.js";
import { memoryLimitReason } from "../render/rendered.js";
import type { Value } from "../value/types.js";
import { readDefinition } from "./read-definition.js";
import type { RepositoryRenderer } from "./repository-renderer.js";

/** What `winrepo.show_sls` answers (salt-reference §11). */
export type ShownSls =
  | { readonly kind: "data"; readonly file: string; readonly data: Value }
  /** Salt's `{"Message": …, "Error": …}`. */
  | { readonly kind: "failed"; readonly file: string; readonly message: string; readonly error: string }
  /** Salt lets the exception through, for the file is no YAML document in UTF-8; or a limit of ours was reached. */
  | { readonly kind: "unreadable"; readonly file: string; readonly error: string }
  | { readonly kind: "not-found"; readonly message: string };

export interface ShowSlsOptions {
  /** Where the definitions lie; a minion's cached `win/repo-ng`. */
  readonly root: string;
  /** Relative file names start here. */
  readonly cwd: string;
  readonly renderer: RepositoryRenderer;
  readonly signal?: AbortSignal;
}

/**
 * The data of one definition as it is, unchecked. `name` is a file, or a short name below `root` with dots for folders:
 * `a.b` is `a/b.sls` or `a/b/init.sls`. A file whose own name has dots is therefore not reached by its short form.
 */
export async function showSls(name: string, options: ShowSlsOptions): Promise<ShownSls> {
  const below = path.join(options.root, ...name.split("."));
  for (const file of [path.resolve(options.cwd, name), `${below}.sls`, path.join(below, "init.sls")]) {
    const status = await stat(file).catch(() => undefined);
    if (!status) continue;
    // Salt takes a folder of that name for a definition without content, and looks no further.
    if (status.isDirectory()) continue;
    return show(file, options);
  }
  return { kind: "not-found", message: `Software definition ${name} not found` };
}

async function show(file: string, { renderer, signal }: ShowSlsOptions): Promise<ShownSls> {
  let source: Buffer;
  try {
    source = await readDefinition(file);
  } catch (error) {
    return { kind: "unreadable", file, error: (error as Error).message };
  }
  const rendered = await renderer.rendering({ file: { path: path.basename(file), absolute: file }, source }, signal);
  signal?.throwIfAborted();
  if (rendered instanceof NotFinished) return { kind: "unreadable", file, error: memoryLimitReason };
  if (rendered.data !== undefined) return { kind: "data", file, data: rendered.data };
  const text = rendered.messages.join("; ");
  const compile = /^Failed to compile, (.*) $/s.exec(text);
  if (compile) return { kind: "failed", file, message: `Failed to compile ${file}`, error: compile[1] ?? "" };
  return { kind: "unreadable", file, error: text.replace(/^Failed to read, (.*) $/s, "$1") };
}
