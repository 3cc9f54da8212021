import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveExamples } from "../../scripts/serve-examples.mjs";
import { CodeServer } from "./code-server.js";
import { Workbench } from "./workbench.js";

const root = path.resolve(import.meta.dirname, "../..");
/** Where the pictures go. */
const pictures = path.join(import.meta.dirname, "out");

let temporary: string;
let folder: string;
let server: CodeServer;
let installers: { close(): void };
let editor: Workbench;

beforeAll(async () => {
  temporary = await mkdtemp(path.join(os.tmpdir(), "winrepo-editor-"));
  folder = path.join(temporary, "examples");
  await cp(path.join(root, "examples"), folder, { recursive: true });
  await writeFile(path.join(folder, "vim.sls"), "vim:\n  pkg.installed: []\n/etc/vimrc:\n  file.managed: []\n");
  const vsix = path.join(temporary, "winrepo.vsix");
  await promisify(execFile)(process.execPath, ["scripts/package.mjs", vsix], { cwd: root, timeout: 120_000 });
  server = await CodeServer.start({ vsix });
  installers = await serveExamples();
  editor = await Workbench.open(server.url, folder);
}, 900_000);

afterAll(async () => {
  await editor?.close();
  await server?.stop();
  installers?.close();
  await rm(temporary, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  await editor.page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

describe("the extension in a real VS Code", () => {
  it("gives a definition its language, and underlines what is wrong", async () => {
    await editor.openFile("palette.sls");
    await editor.squiggles.first().waitFor();
    await expect.poll(() => editor.statusBar.innerText()).toContain("Winrepo Definition");
    const problems = await editor.problems();
    await expect.poll(() => problems.allInnerTexts()).toContainEqual(expect.stringContaining("version-not-string"));
    await picture("problems");
  });

  it("shows profile and target in the status bar", async () => {
    await expect.poll(() => editor.statusBar.innerText()).toMatch(/simulated\s+windows-amd64/);
  });

  it("shows what a definition renders to, beside it, and follows the typing", async () => {
    await editor.openFile("hello.sls");
    await editor.run("Winrepo: Preview Rendered");
    const lines = editor.webview.locator("#lines");
    await expect.poll(() => lines.innerText()).toContain("full_name: Hello (x64)");
    await expect.poll(() => editor.webview.locator("#status").innerText()).toBe("Salt takes this file");
    await picture("preview");
  });

  it("refreshes the database from the palette", async () => {
    await editor.run("Winrepo: Refresh Database");
    await expect.poll(() => editor.notifications.allInnerTexts()).toContainEqual(expect.stringMatching(/packages?/));
  });

  it("installs a package after asking which, which version, and whether", async () => {
    await editor.run("Winrepo: Install Package…");
    await editor.pick("hello");
    await editor.pick("1.0.0");
    await expect.poll(() => editor.dialog.innerText()).toContain("Install hello 1.0.0 on the target");
    await editor.dialog.getByText("Install", { exact: true }).click();
    await expect
      .poll(() => editor.notifications.allInnerTexts(), { timeout: 60_000 })
      .toContainEqual(expect.stringContaining("hello"));
    await picture("installed");
  });

  it("leaves an ordinary state file alone", async () => {
    await editor.openFile("vim.sls");
    await expect.poll(() => editor.statusBar.innerText()).not.toContain("Winrepo Definition");
    await expect.poll(() => editor.squiggles.count()).toBe(0);
  });
});
