import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PkgContext } from "../../engine/pkg/context.js";
import { install } from "../../engine/pkg/install.js";
import { listPkgs } from "../../engine/pkg/list-pkgs.js";
import { remove } from "../../engine/pkg/remove.js";
import type { Target } from "../../engine/target/target.js";
import { openWine } from "../../engine/target/wine/wine-target.js";
import { fromJson } from "../../engine/value/convert.js";
import { Dict } from "../../engine/value/types.js";
import { buildFixtures } from "../machines/fixtures.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";

const reason = whyNoWine();

// What a start costs is the machine's affair; how many there are is ours.
describe.skipIf(reason)("starts of Wine", () => {
  let folder: string;
  let target: Target;
  let context: PkgContext;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-starts-"));
    const real = execFileSync("sh", ["-c", "command -v wine"], { encoding: "utf8" }).trim();
    const bin = path.join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(path.join(bin, "wine"), `#!/bin/sh\nprintf '%s\\n' "$*" >>'${folder}/log'\nexec '${real}' "$@"\n`);
    chmodSync(path.join(bin, "wine"), 0o755);
    symlinkSync(
      execFileSync("sh", ["-c", "command -v wineserver"], { encoding: "utf8" }).trim(),
      path.join(bin, "wineserver"),
    );
    const program = path.join(bin, "wine");
    target = await openWine({ name: "wine", prefix: await wineTemplate(), program, throwAway: true });
    const attributes = {
      full_name: "Pad 3.1 Edition",
      installer: "https://example.com/setup64.exe",
      install_flags: "/S",
      uninstaller: "%ProgramFiles%\\Pad\\uninstall.exe",
      uninstall_flags: "/S _?=C:\\Program Files\\Pad",
    };
    context = {
      target,
      repo: {
        repo: Dict.from([["pad", fromJson({ "3.1.0": attributes })]]),
        errors: new Dict(),
        nameMap: Dict.from([["Pad 3.1 Edition", "pad"]]),
      },
      sources: {
        file: async (url) => ({ file: path.join(buildFixtures(), path.posix.basename(url)), notes: [] }),
        directory: async () => [],
        forget: async () => {},
      },
    };
  });
  afterAll(async () => {
    await target?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** What was started since the last call. */
  function starts(): string[] {
    const file = path.join(folder, "log");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    rmSync(file, { force: true });
    return lines.map((line) => line.replace(/winrepo-[0-9a-f]+/g, "X"));
  }
  const helper = "C:\\windows\\temp\\X\\helper.exe C:\\windows\\temp\\X\\request";

  it("three for an install: the registry before, the installer, the registry after", async () => {
    const { salt } = await install(context, { name: "pad" });
    expect(salt).toEqual({ pad: { old: "", new: "3.1.0" } });
    expect(starts()).toEqual([helper, helper, helper]);
  });

  it("one for a list", async () => {
    expect([...(await listPkgs(target, context.repo))]).toEqual([["pad", ["3.1.0"]]]);
    expect(starts()).toEqual([helper]);
  });

  it("three for a removal, in the home of the account", async () => {
    const { salt, report } = await remove(context, { name: "pad" });
    expect(salt).toEqual({ pad: { old: "3.1.0", new: "" } });
    expect(starts()).toEqual([helper, helper, helper]);
    expect(report.packages[0]?.commands[0]?.cwd).toBe(await target.expandEnvironment("%USERPROFILE%"));
  });

  it("one for the facts", async () => {
    await target.grains();
    expect(starts()).toEqual([helper]);
  });
});
