import assert from "node:assert/strict";
import path from "node:path";
import type { Sources } from "../../engine/fetch/sources.js";
import type { PkgContext } from "../../engine/pkg/context.js";
import { tryPackage } from "../../engine/pkg/try.js";
import { withCorrections } from "../../engine/pkg/verify/apply-corrections.js";
import { fromJson } from "../../engine/value/convert.js";
import { Dict } from "../../engine/value/types.js";
import type { MachineContext } from "./suite.js";

const policy = { timeoutMs: 120_000 };

/** A definition with a wrong name and version: the real machine shows it, and what is proposed makes it right. */
export async function checkWithPkg({ target, fixtures }: MachineContext): Promise<void> {
  const attributes = {
    full_name: "Pad 3.1",
    installer: "https://example.com/files/setup64.exe",
    install_flags: "/S",
    uninstaller: "C:\\Program Files\\Pad\\uninstall.exe",
    uninstall_flags: "/S",
  };
  const repo = Dict.from([["pad", fromJson({ "3.1": attributes })]]);
  const wrong: PkgContext = {
    target,
    repo: { repo, errors: new Dict(), nameMap: Dict.from([["Pad 3.1", "pad"]]) },
    sources: servedFrom(fixtures),
  };
  const first = await tryPackage(wrong, { name: "pad" }, policy);
  assert.equal(first.ok, false);
  assert.deepEqual(
    first.install.packages[0]?.appeared.map(({ name, version, view }) => [name, version, view]),
    [["Pad 3.1 Edition", "3.1.0", "64"]],
  );
  const proposed = new Map(first.corrections.map(({ key, to }) => [key, to]));
  assert.equal(proposed.get("full_name"), "Pad 3.1 Edition");
  assert.equal(proposed.get("version"), "3.1.0");

  const right = { ...wrong, repo: withCorrections(wrong.repo, first.corrections) };
  const second = await tryPackage(right, { name: "pad" }, policy);
  assert.equal(second.ok, true, second.summary);
  assert.deepEqual(second.leftBehind, []);
}

/** Stands for the network: every URL is the file of that name. */
function servedFrom(folder: string): Sources {
  return {
    file: async (url) => ({ file: path.join(folder, path.posix.basename(url)), notes: [] }),
    directory: async () => [],
    forget: async () => {},
  };
}
