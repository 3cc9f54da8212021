// Builds engine/target/helper/helper.c with mingw-w64 (Debian: gcc-mingw-w64-x86-64) and writes it to helper-program.ts, so that
// nobody who uses or builds the product needs a compiler. The same source and compiler give the same bytes.
// node scripts/build-helper.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.join(path.dirname(import.meta.dirname), "engine/target/helper");
const compiler = "x86_64-w64-mingw32-gcc";
const options = [
  ...["-std=c17", "-Os", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-fno-builtin", "-fno-ident"],
  ...["-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-mno-stack-arg-probe"],
  ...["-nostdlib", "-s", "-Wl,--no-insert-timestamp,-e,start,--subsystem,console"],
];

/** The compiler's version, or undefined where it is missing. */
export function compilerVersion() {
  try {
    return execFileSync(compiler, ["-dumpfullversion"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}

/** @returns {Buffer} the program */
export function compileHelper() {
  const made = mkdtempSync(path.join(tmpdir(), "winrepo-helper-"));
  try {
    const out = path.join(made, "helper.exe");
    execFileSync(compiler, [...options, "-o", out, "helper.c", "-lkernel32", "-ladvapi32"], { cwd: folder });
    return readFileSync(out);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function write() {
  const program = compileHelper();
  const sha256 = createHash("sha256").update(program).digest("hex");
  writeFileSync(
    path.join(folder, "helper-program.ts"),
    `// Made by scripts/build-helper.mjs from helper.c; do not edit.

/** The version of gcc that made these bytes; another one may make others from the same source. */
export const builtWith = "${compilerVersion()}";

/** helper.exe, ${program.length} bytes, SHA-256 ${sha256}. */
export const helperProgram = (): Buffer => Buffer.from(base64, "base64");

const base64 =
  "${program.toString("base64")}";
`,
  );
  console.log(`helper.exe: ${program.length} bytes, SHA-256 ${sha256}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
