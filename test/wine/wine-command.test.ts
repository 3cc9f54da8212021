import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CliWorld } from "../../engine/cli/command.js";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { openTarget } from "../../engine/target/open.js";
import { WineProgram } from "../../engine/target/wine/wine-program.js";
import { buildFixtures } from "../machines/fixtures.js";
import { whyNoWine } from "../machines/wine-template.js";

const reason = whyNoWine();
if (reason) console.warn(`winrepo on Wine is skipped; ${reason}`);

describe.skipIf(reason)("winrepo with a target of kind wine", () => {
  let folder: string;
  let prefix: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo wine "));
    prefix = new ProjectState(folder).machine("wine");
  });
  afterAll(async () => {
    await new WineProgram(prefix).end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function winrepo(...args: string[]) {
    let stdout = "";
    let stderr = "";
    const io: CliWorld = {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      cwd: folder,
      env: process.env,
      color: false,
      signal: new AbortController().signal,
      renderHost: inProcessHost,
    };
    const status = await runCli(args, io);
    return { status, stdout, stderr };
  }

  it("sets up a Windows, tests it and tries a package on a copy of it", async () => {
    expect(await winrepo("target", "add", "wine")).toMatchObject({ status: 0 });
    expect(readdirSync(folder)).toEqual([".winrepo.yaml"]);
    const tested = await winrepo("target", "test", "wine");
    expect(tested.stdout).toContain("exit codes arrive whole");
    expect(tested.status).toBe(0);

    const url = path.join(buildFixtures(), "demo-1.0.0.msi");
    writeFileSync(
      path.join(folder, "demo.sls"),
      `demo:\n  '1.0.0':\n    full_name: 'Demo (x64)'\n    installer: 'salt://demo-1.0.0.msi'\n    install_flags: '/qn'\n` +
        `    uninstaller: 'salt://demo-1.0.0.msi'\n    uninstall_flags: '/qn'\n    msiexec: True\n`,
    );
    writeFileSync(
      path.join(folder, ".winrepo.yaml"),
      `targets:\n  wine:\n    kind: wine\nfileRoots: ['${path.dirname(url)}']\n`,
    );
    // The file was written by hand since `target add`.
    expect(await winrepo("try", "demo", "--target", "wine")).toMatchObject({ status: 2 });
    expect(await winrepo("trust")).toMatchObject({ status: 0 });
    const tried = await winrepo("try", "demo", "--target", "wine");
    expect(tried.stdout + tried.stderr).toMatch(/installed, recognised by name and version, and removed/);
    expect(tried.status).toBe(0);

    // The machine itself stayed as it was.
    const target = await openTarget("wine", {
      projectFolder: folder,
      trusted: true,
      targets: new Map([["wine", { name: "wine", kind: "wine", settings: {} }]]),
    });
    expect(await target.exists("C:\\Program Files\\Demo")).toBe(false);
    await target.close();
    expect(await winrepo("target", "remove", "wine")).toMatchObject({ status: 0 });
    expect(existsSync(prefix)).toBe(false);
  });
});
