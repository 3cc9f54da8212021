import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { checkPack, tooLong } from "./check-pack.js";
import type { PackAnswer } from "./fetch-pack.js";
import { GitError } from "./git-error.js";
import type { Repository } from "./repository.js";

/** Commits that lie here without their parents. */
export function shallowCommits(repository: Repository): Promise<string[]> {
  return shallowLines(repository.gitFolder);
}

export async function shallowLines(gitFolder: string): Promise<string[]> {
  const text = await readFile(path.join(gitFolder, "shallow"), "utf8").catch(() => "");
  return text.split("\n").filter((line) => /^[0-9a-f]{40}$/.test(line));
}

/**
 * Makes a received pack part of the repository: checked and indexed beside it, then moved in. Git sees a pack by its index,
 * which comes last, so a kill at any moment leaves the repository with the whole pack or without it.
 */
export async function storePack(
  repository: Repository,
  file: string,
  answer: PackAnswer,
  signal?: AbortSignal,
): Promise<void> {
  if ((await stat(file)).size > repository.limits.packBytes) throw tooLong(repository.limits.packBytes);
  const pack = await readFile(file);
  const count = await checkPack(pack, repository.limits, signal);
  if (count === 0) return;
  const { oids } = await repository.git.indexPack({
    ...repository.at,
    filepath: path.relative(repository.folder, file),
    onProgress: async () => {
      await turn();
      signal?.throwIfAborted();
    },
  });
  if (oids.length !== count) throw new GitError("what the server sent is a pack with objects that belong to no others");
  signal?.throwIfAborted();
  const folder = path.join(repository.gitFolder, "objects/pack");
  await mkdir(folder, { recursive: true });
  const name = `pack-${pack.subarray(-20).toString("hex")}`;
  await rename(file, path.join(folder, `${name}.pack`));
  await writeShallow(repository, answer);
  await rename(file.replace(/\.pack$/, ".idx"), path.join(folder, `${name}.idx`));
}

async function writeShallow(repository: Repository, { shallow, unshallow }: PackAnswer): Promise<void> {
  const commits = new Set([...(await shallowCommits(repository)), ...shallow]);
  for (const commit of unshallow) commits.delete(commit);
  await replaceShallow(repository, [...commits]);
}

async function replaceShallow(repository: Repository, commits: readonly string[]): Promise<void> {
  const file = path.join(repository.gitFolder, "shallow");
  if (commits.length === 0) await rm(file, { force: true });
  else await repository.fs.promises.writeFile(file, commits.map((commit) => `${commit}\n`).join(""));
}

/**
 * Takes back what names objects that are not there: a fetch that was killed left it, and git refuses to work with it.
 * References of our own making only; branches and tags that a person made are not looked at.
 */
export async function mendDangling(repository: Repository): Promise<void> {
  const commits = await shallowCommits(repository);
  const present: string[] = [];
  for (const commit of commits) if (await repository.has(commit)) present.push(commit);
  if (present.length < commits.length) await replaceShallow(repository, present);
  const remote = { ...repository.at, remote: "origin" };
  for (const branch of await repository.git.listBranches(remote)) {
    const ref = `refs/remotes/origin/${branch}`;
    const oid = await repository.git.resolveRef({ ...repository.at, ref }).catch(() => undefined);
    if (oid === undefined || !(await repository.has(oid))) await repository.git.deleteRef({ ...repository.at, ref });
  }
}
