import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { installCodeServer } from "../components/code-server.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The packed extension. */
    vsix: string;
  }
}

/** Installs the editor and packs the extension before the first test, where no test's limit runs. */
export default function setup(project: TestProject): () => void {
  installCodeServer();
  const folder = mkdtempSync(path.join(os.tmpdir(), "winrepo-vsix-"));
  const vsix = path.join(folder, "winrepo.vsix");
  const root = path.resolve(import.meta.dirname, "../..");
  execFileSync(process.execPath, ["scripts/package.mjs", vsix], { cwd: root, stdio: ["ignore", 2, 2] });
  project.provide("vsix", vsix);
  return () => rmSync(folder, { recursive: true, force: true });
}
