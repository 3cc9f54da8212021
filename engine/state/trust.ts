import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { type NamedProject, parseProject } from "../config/project-loader.js";
import { isBelow } from "../files/inside.js";
import { readRegularFile } from "../files/read-regular-file.js";
import { replaceOwnFile } from "../replace-file.js";
import { type ProjectState, StateError } from "./project-state.js";

interface TrustRecord {
  readonly sha256: string;
}

const maxBytes = 64 * 1024;
/** Files that a project file names to be run; a larger one is none that a person has looked at. */
const namedFileBytes = 16 * 1024 * 1024;

/** Whether a person has said that they trust a project, and it still says what it said then. */
export function isTrusted(project: NamedProject, state: ProjectState): boolean {
  try {
    const text = readRegularFile(recordFile(state), { maxBytes, followLinks: false }).toString("utf8");
    return (JSON.parse(text) as Partial<TrustRecord> | null)?.sha256 === digestOf(project);
  } catch {
    return false;
  }
}

/** Remembers that the person trusts a project as it is now. @throws StateError when that cannot be kept */
export function rememberTrust(project: NamedProject, state: ProjectState): void {
  state.claim();
  const record: TrustRecord = { sha256: digestOf(project) };
  try {
    replaceOwnFile(recordFile(state), `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw new StateError(`It cannot be remembered that ${project.root} is trusted: ${(error as Error).message}`);
  }
}

/** @returns whether the project was trusted */
export function forgetTrust(project: NamedProject, state: ProjectState): boolean {
  const before = isTrusted(project, state);
  rmSync(recordFile(state), { force: true });
  return before;
}

function recordFile(state: ProjectState): string {
  return path.join(state.folder, "trust.json");
}

/**
 * Of what a person trusts: the project file, and the files of the project that it has run or that can have programs run
 * (a wine program, a configuration of ssh). Another word in one of them is another project.
 */
function digestOf({ root, file, text }: NamedProject): string {
  const hash = createHash("sha256").update(text);
  if (file === undefined) return hash.digest("hex");
  const { targets } = parseProject(text, file).config;
  const named = [...targets.values()].flatMap(({ settings }) => [settings.program, settings.config]);
  for (const name of named) {
    const place = typeof name === "string" && name !== "" ? path.resolve(root, name) : undefined;
    if (place !== undefined && isBelow(root, place)) hash.update(`\0${name}\0`).update(contentOf(place));
  }
  return hash.digest("hex");
}

function contentOf(file: string): string {
  try {
    return createHash("sha256")
      .update(readRegularFile(file, { maxBytes: namedFileBytes }))
      .digest("hex");
  } catch {
    return "";
  }
}
