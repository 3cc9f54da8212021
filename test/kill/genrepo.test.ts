import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decodeWinrepo } from "../../engine/repo/winrepo-p.js";
import { generateRepository } from "../bench/generate-repository.js";
import { Killable } from "./killable.js";

const kills = 200;
const definitions = 400;
let folder: string;
let program: Killable;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-kill-"));
  generateRepository(path.join(folder, "repository"), definitions);
  program = await Killable.build(path.join(import.meta.dirname, "genrepo-child.ts"));
});

afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

it(`never leaves a torn winrepo.p in ${kills} kills`, async () => {
  const out = path.join(folder, "winrepo.p");
  const args = [path.join(folder, "repository"), out, path.join(folder, "cache")];
  await program.runUntil(() => existsSync(out), args);
  let whole = 0;
  for (let turn = 0; turn < kills; turn++) {
    expect(await program.run(args, Math.random() * 150)).toBeNull();
    if (decodeWinrepo(readFileSync(out)).repo.size === definitions) whole++;
  }
  expect(whole).toBe(kills);
});
