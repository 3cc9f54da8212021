import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { run } from "../../engine/process/run.js";
import { SimulatedTarget } from "../../engine/target/simulated/simulated-target.js";
import { inTemporaryFolder } from "../../engine/temporary-folder.js";

// Windows gives this while a scanner, or a program that still runs, holds a file of the folder.
const held = () => Object.assign(new Error("ENOTEMPTY: directory not empty, rmdir"), { code: "ENOTEMPTY" });

vi.mock("node:fs/promises", async (original) => ({
  ...(await original<typeof import("node:fs/promises")>()),
  rm: () => Promise.reject(held()),
}));
vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  rmSync: () => {
    throw held();
  },
}));

it("keeps the result of work whose folder cannot be removed", async () => {
  expect(await inTemporaryFolder("test", async () => "done")).toBe("done");
});

it("keeps what a program gave whose output's folder cannot be removed", async () => {
  const result = await run(process.execPath, ["-e", "console.log('there')"], { capture: "file" });
  expect(result).toMatchObject({ exitCode: 0, stdout: "there\n" });
});

it("keeps a run on a copied machine that cannot be thrown away", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-test-"));
  const target = await SimulatedTarget.open({ name: "copy", folder, throwAway: true });
  await expect(target.close()).resolves.toBeUndefined();
});
