import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach } from "vitest";

/** A folder for each test of a file; `write` puts files into it. */
export function temporaryFolder(): {
  readonly root: string;
  write(files: { readonly [file: string]: string | Uint8Array | object }): void;
} {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "winrepo-repo-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return {
    get root() {
      return root;
    },
    write(files) {
      for (const [file, content] of Object.entries(files)) {
        const absolute = path.join(root, file);
        mkdirSync(path.dirname(absolute), { recursive: true });
        const isText = typeof content === "string" || content instanceof Uint8Array;
        writeFileSync(absolute, isText ? content : JSON.stringify(content));
      }
    },
  };
}
