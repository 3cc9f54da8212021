import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What the tests make Winrepo keep goes into a folder of their own, and goes with them. */
export default function setup() {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-test-state-"));
  process.env.WINREPO_STATE = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
