import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { checkPack } from "../../engine/git/check-pack.js";
import { GitError } from "../../engine/git/git-error.js";
import { gitLimits } from "../../engine/git/limits.js";
import { InstallerError } from "../../engine/installer/installer-error.js";
import { installerKind } from "../../engine/installer/kind.js";
import { readMsi } from "../../engine/installer/msi.js";
import { simulateSequence } from "../../engine/installer/msi-sequence.js";
import { readPe } from "../../engine/installer/pe.js";
import { blob, commit, makePack, tree } from "../git/make-pack.js";
import { bareMachine } from "../installer/bare-machine.js";
import { damaged, type Fuzzer } from "./fuzzer.js";

const packages = ["examples/installers/hello-1.0.0.msi", "test/fixtures/installers/rich-1.2.3.msi"];
const page = blob("a: one\n".repeat(50));
const folder = tree([["a.sls", page]]);

export const msi: Fuzzer<Buffer> = {
  name: "msi",
  make: (random) => damaged(readFileSync(random.pick(packages)), random),
  check: (file) =>
    expecting(InstallerError, () => {
      simulateSequence(readMsi(file), bareMachine, { action: "install", properties: new Map() });
    }),
};

export const pe: Fuzzer<Buffer> = {
  name: "pe",
  make: (random) => damaged(readFileSync("examples/installers/notes-2.3.exe"), random),
  check: (file) => expecting(InstallerError, () => void installerKind(readPe(file))),
};

export const gitPack: Fuzzer<Buffer> = {
  name: "git-pack",
  make(random) {
    const body = damaged(makePack([commit(folder), folder, page]).subarray(0, -20), random);
    // A right checksum, or nothing behind it would ever be looked at.
    return Buffer.concat([body, createHash("sha1").update(body).digest()]);
  },
  async check(pack) {
    await checkPack(pack, gitLimits).catch((error: unknown) => {
      if (!(error instanceof GitError)) throw error;
    });
  },
};

function expecting(expected: new (message: string) => Error, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}
