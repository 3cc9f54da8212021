import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { serveExamples } from "../../scripts/serve-examples.mjs";
import { CodeServer, type CodeServerOptions } from "./code-server.js";
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
  installers = await serveExamples();
});

afterAll(async () => {
  installers?.close();
  await rm(temporary, { recursive: true, force: true });
});

/** 1-based. */
async function lineOf(name: string, text: string): Promise<number> {
  const lines = (await readFile(path.join(folder, name), "utf8")).split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

async function picture(name: string): Promise<void> {
  await editor.page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/** Runs a block's tests in a VS Code of its own. */
function inEditor(options: Omit<CodeServerOptions, "vsix">): void {
  beforeAll(async () => {
    server = await CodeServer.start({ vsix: inject("vsix"), ...options });
    editor = await Workbench.open(server.url, folder);
  });
  afterAll(async () => {
    await editor?.close();
    await server?.stop();
  });
}

describe("the extension in a real VS Code", () => {
  inEditor({});

  it("gives a definition its language, and underlines what is wrong", async () => {
    await editor.openFile("palette.sls");
    await editor.squiggles.first().waitFor();
    await expect.poll(() => editor.statusBar.textContent()).toContain("Winrepo Definition");
    const problems = await editor.problems();
    await expect.poll(() => problems.allInnerTexts()).toContainEqual(expect.stringContaining("version-not-string"));
  });

  it("offers the fix where the problem is, and does it", async () => {
    await editor.run("View: Focus Active Editor Group");
    await editor.goToLine(await lineOf("palette.sls", "- 2.10"));
    await editor.page.keyboard.press("Control+.");
    await editor.codeActions.first().waitFor();
    await expect.poll(() => editor.codeActions.allInnerTexts()).toContainEqual(expect.stringContaining("Quote it"));
    await picture("editor-problems");
    await editor.codeActions.filter({ hasText: "Quote it" }).click();
    await expect.poll(() => editor.editorText.textContent()).toContain("'2.10'");
    await editor.run("File: Revert File");
  });

  it("shows profile and target in the status bar", async () => {
    await expect.poll(() => editor.statusBar.textContent()).toMatch(/simulated\s*windows-amd64/);
  });

  it("shows what a definition renders to, beside it, and follows the typing", async () => {
    await editor.openFile("hello.sls");
    await editor.run("Winrepo: Preview Rendered");
    const lines = editor.webview.locator("#lines");
    await expect.poll(() => lines.textContent()).toContain("hello-1.1.0.msi");
    await expect.poll(() => editor.webview.locator("#status").textContent()).toBe("Salt takes this file");
    await editor.goToLine(await lineOf("hello.sls", "full_name:"));
    await editor.page.keyboard.press("End");
    await editor.page.keyboard.type(" Pro");
    await expect.poll(() => lines.textContent()).toContain("Hello (x64) Pro");
    await expect.poll(() => editor.webview.locator("#lines .marked").count()).toBe(2);
    await editor.run("File: Revert File");
    await expect.poll(() => lines.textContent()).not.toContain("Hello (x64) Pro");
  });

  it("goes from a line of the preview to what made it", async () => {
    await editor.webview.locator("#lines li", { hasText: "hello-1.0.0.msi" }).click();
    await expect.poll(() => editor.statusBar.textContent()).toContain(`Ln ${await lineOf("hello.sls", "installer:")},`);
    await picture("editor-preview");
  });

  it("renders for another profile", async () => {
    await editor.run("View: Close All Editors");
    await editor.openFile("notes.sls");
    await editor.run("Winrepo: Preview Rendered");
    const counts = editor.webview.locator("#counts");
    await expect.poll(() => counts.textContent()).toBe("1 package, 1 version");
    await editor.webview.locator("#profile").selectOption("windows-x86");
    await expect.poll(() => counts.textContent()).toBe("0 packages, 0 versions");
  });

  it("refreshes the database from the palette", async () => {
    await editor.run("Winrepo: Refresh Database");
    await expect.poll(() => editor.notifications.allInnerTexts()).toContainEqual(expect.stringMatching(/packages?/));
  });

  it("installs a package after asking which, which version, and whether", async () => {
    await editor.run("Winrepo: Install Package…");
    await editor.pick("hello");
    await editor.pick("1.0.0");
    await expect.poll(() => editor.dialog.textContent()).toContain("Install hello 1.0.0 on the target");
    await editor.dialog.getByText("Install", { exact: true }).click();
    await expect.poll(() => editor.notifications.allInnerTexts()).toContainEqual(expect.stringContaining("hello"));
    await picture("installed");
  });

  it("leaves an ordinary state file alone", async () => {
    await editor.openFile("vim.sls");
    await expect.poll(() => editor.statusBar.textContent()).not.toContain("Winrepo Definition");
    await expect.poll(() => editor.squiggles.count()).toBe(0);
  });
});

describe("beside an extension that owns .sls, in a folder that is not trusted", () => {
  inEditor({ workspaceTrust: true, settings: { "files.associations": { "*.sls": "yaml" } } });

  it("checks definitions, and leaves them the language that they have", async () => {
    await editor.openFile("palette.sls");
    await editor.squiggles.first().waitFor();
    await expect.poll(() => editor.statusBar.textContent()).toContain("YAML");
  });

  it("offers nothing that touches a target", async () => {
    await editor.page.keyboard.press("F1");
    await editor.quickInput.fill(">Winrepo: ");
    await expect.poll(() => editor.entries.allInnerTexts()).toContainEqual(expect.stringContaining("Preview Rendered"));
    const offered = (await editor.entries.allInnerTexts()).join("\n");
    expect(offered).not.toMatch(/Install|Remove|Refresh|Target/);
    await editor.page.keyboard.press("Escape");
  });
});
