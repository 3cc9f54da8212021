import { existsSync, lstatSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { TargetConfig } from "../config/project.js";
import { isReallyBelow } from "../files/inside.js";
import { ownFolder } from "../own-folder.js";
import { ProjectState } from "../state/project-state.js";
import { defaultTarget } from "./known-targets.js";
import { TargetError } from "./target.js";
import { clonePrefix } from "./wine/prefix.js";

/** A machine of a target's name that is kept elsewhere. */
export interface EarlierMachine {
  readonly folder: string;
  /** Whose it is, in words. */
  readonly where: string;
}

/**
 * Where a machine of that name lies that can be taken over: in the folder `.winrepo` of a project, where earlier versions
 * kept them, or in the state of another project or of one that has moved.
 * @param from absolute folder of the project that has it
 */
export function earlierMachine(name: string, from: string, own: ProjectState): EarlierMachine | undefined {
  const former = formerPlace(name, from);
  if (former !== undefined) return { folder: former, where: former };
  const other = new ProjectState(from, own.world).machine(name);
  if (other === own.machine(name) || !isFolder(other)) return undefined;
  return { folder: other, where: `what is kept of ${from}` };
}

/** What is to be said to somebody whose machine lies where earlier versions kept it. */
export function offerOf(project: { readonly root: string }, name: string, state: ProjectState): string | undefined {
  if (existsSync(state.machine(name))) return undefined;
  const former = formerPlace(name, project.root);
  if (former === undefined) return undefined;
  return (
    `There is a machine ${name} in ${former}, where earlier versions of Winrepo kept it. It is not used any more: ` +
    `\`winrepo target adopt ${name}\` takes it over (a copy; the old folder stays as it is).`
  );
}

/**
 * Copies a machine to its place among what is kept of a project. The original stays as it is. The copy appears whole.
 * @throws TargetError when there is a machine already
 */
export async function adoptMachine(target: TargetConfig, from: EarlierMachine, state: ProjectState): Promise<void> {
  const to = state.machine(target.name);
  if (existsSync(to)) {
    throw new TargetError(
      `There is a machine ${target.name} already, in ${to}. \`winrepo target remove ${target.name}\` removes it.`,
    );
  }
  const draft = `${to}.adopting-${process.pid}`;
  await mkdir(path.dirname(to), { recursive: true });
  try {
    if (target.kind === "wine") await clonePrefix(from.folder, draft);
    else if (target.kind === "simulated") await copyWithoutLinks(from.folder, draft);
    else throw new TargetError(`Target ${target.name} (${target.kind}) is no machine that is kept in a folder.`);
    await rename(draft, to);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A simulated machine has no links; one that came with a repository could lead anywhere. */
async function copyWithoutLinks(from: string, to: string): Promise<void> {
  const isPlain = (file: string) => {
    const status = lstatSync(file);
    return status.isDirectory() || status.isFile();
  };
  await cp(from, to, { recursive: true, filter: isPlain });
}

function formerPlace(name: string, project: string): string | undefined {
  // Names that lead anywhere else were never made by `target add`.
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return undefined;
  const parts = name === defaultTarget.name ? ["machine"] : ["targets", name];
  const folder = path.join(project, ownFolder, ...parts);
  return isFolder(folder) && isReallyBelow(project, folder) ? folder : undefined;
}

function isFolder(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
