import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitHttpServer, serveGit } from "../git-servers/http-backend.js";
import { git, SourceRepository } from "../git-servers/source-repository.js";
import { Killable } from "./killable.js";

const kills = 200;
const files = 60;
const size = 40_000;
let folder: string;
let server: GitHttpServer;
let program: Killable;

/** Each file of a commit says which commit it is of, over and over: a torn one shows. */
const content = (word: string, index: number) => `${word} ${index}\n`.repeat(Math.ceil(size / 8));

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-kill-"));
  const source = new SourceRepository(path.join(folder, "served/tools.git"));
  for (const word of ["odd", "even"]) {
    git(source.folder, "checkout", "--quiet", "-B", word);
    const names = Array.from({ length: files }, (_, index) => index);
    source.commit(
      Object.fromEntries(names.map((index) => [`folder-${index % 7}/file-${index}.sls`, content(word, index)])),
    );
  }
  server = await serveGit(path.join(folder, "served"));
  program = await Killable.build(path.join(import.meta.dirname, "git-child.ts"));
});

afterAll(async () => {
  program.remove();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Definitions that are neither wholly of the one commit nor wholly of the other. */
function tornFiles(checkout: string): string[] {
  return readdirSync(checkout, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sls"))
    .filter((entry) => {
      const index = Number(/\d+/.exec(entry.name)?.[0]);
      const text = readFileSync(path.join(entry.parentPath, entry.name), "utf8");
      return text !== content("odd", index) && text !== content("even", index);
    })
    .map((entry) => entry.name);
}

it(`leaves a checkout that works in ${kills} kills, and the next run completes it`, {
  timeout: 3_600_000,
}, async () => {
  const base = path.join(folder, "repo-ng");
  const checkout = path.join(base, "tools/_");
  const url = `${server.url}/tools.git`;
  for (let turn = 0; turn < kills; turn++) {
    // Now and then from the start, so that kills meet the first clone too.
    if (turn % 10 === 0) rmSync(base, { recursive: true, force: true });
    expect(await program.run([base, url], Math.random() * 600)).toBeNull();
    if (!existsSync(checkout)) continue;
    expect(tornFiles(checkout)).toEqual([]);
    git(checkout, "status", "--porcelain");
    git(checkout, "fsck", "--no-dangling");
    if (turn % 5 !== 0) continue;
    const branch = turn % 2 ? "odd" : "even";
    expect(await program.run([base, url, branch])).toBe(0);
    expect(git(checkout, "status", "--porcelain")).toBe("");
    expect(git(checkout, "rev-parse", "HEAD")).toBe(git(path.join(folder, "served/tools.git"), "rev-parse", branch));
    expect(readdirSync(path.join(base, ".winrepo"))).toEqual([]);
  }
  git(checkout, "fsck", "--no-dangling");
});
