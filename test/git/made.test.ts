import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { MadeFolders } from "../../engine/git/made.js";
import { updateGitRepos } from "../../engine/git/update-git-repos.js";
import { scratchFolder } from "../target/simulated-machine.js";

describe("what update-git-repos removes", () => {
  it("is no machine that lies in its work folder, as with `winrepo_dir_ng: .`", async () => {
    const base = scratchFolder();
    const prefix = path.join(base, ".winrepo/targets/wine/drive_c");
    const run = path.join(base, ".winrepo/runs/simulated");
    for (const folder of [prefix, run]) mkdirSync(folder, { recursive: true });
    const remote = { ...unreachable, name: "tools" };
    const { remotes } = await updateGitRepos({ lists: [{ base, remotes: [remote], problems: [] }] });
    expect(remotes[0]?.status).toBe("failed");
    expect(readdirSync(path.join(base, ".winrepo")).sort()).toEqual(["runs", "targets"]);
    for (const folder of [prefix, run]) expect(existsSync(folder)).toBe(true);
  });

  it("is what a killed run had begun, by its record", async () => {
    const base = scratchFolder();
    const killed = new MadeFolders(base);
    await killed.open();
    mkdirSync(await killed.begin("tools", "0123456789ab"));
    mkdirSync(path.join(base, ".winrepo/tools-ffffffffffff"));
    writeFileSync(path.join(base, ".winrepo/update.lock"), "");
    await new MadeFolders(base).clear();
    expect(readdirSync(path.join(base, ".winrepo")).sort()).toEqual(["tools-ffffffffffff", "update.lock"]);
  });

  it("is nothing that a record leads to elsewhere", async () => {
    const base = scratchFolder();
    const outside = scratchFolder();
    mkdirSync(path.join(base, ".winrepo"));
    mkdirSync(path.join(base, "x-0123456789ab"));
    writeFileSync(
      path.join(base, ".winrepo/making.json"),
      JSON.stringify(["../x-0123456789ab", "link-0123456789ab", 5]),
    );
    if (process.platform !== "win32") symlinkSync(outside, path.join(base, ".winrepo/link-0123456789ab"));
    await new MadeFolders(base).clear();
    expect(existsSync(path.join(base, "x-0123456789ab"))).toBe(true);
    expect(existsSync(outside)).toBe(true);
  });

  it("is with --clean no folder that it did not make", async () => {
    const base = scratchFolder();
    for (const folder of ["own/_/.git", "salts/_/.git", "made/_/.git", "configured/_/.git", "empty"])
      mkdirSync(path.join(base, folder), { recursive: true });
    writeFileSync(path.join(base, "made/_/.git/winrepo"), "Made by winrepo update-git-repos.\n");
    writeFileSync(path.join(base, "configured/_/.git/winrepo"), "Made by winrepo update-git-repos.\n");
    writeFileSync(path.join(base, "remote_map.txt"), "# map\nsalts = https://h/salts.git\n../up = x\nempty = x\n");
    expect(await new MadeFolders(base).unconfigured(["configured"])).toEqual([
      path.join(base, "made"),
      path.join(base, "salts"),
    ]);
  });

  it.skipIf(process.platform === "win32")("lies in a real folder: a link in its place is refused", async () => {
    const base = scratchFolder();
    const outside = scratchFolder();
    symlinkSync(outside, path.join(base, ".winrepo"));
    const lists = [{ base, remotes: [{ ...unreachable, name: "tools" }], problems: [] }];
    await expect(updateGitRepos({ lists })).rejects.toThrow("is no folder");
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe("the map of the remotes", () => {
  it.skipIf(process.platform === "win32")("takes the place of a link and writes to nothing else", async () => {
    const base = scratchFolder();
    const mine = path.join(scratchFolder(), "mine");
    writeFileSync(mine, "mine");
    symlinkSync(mine, path.join(base, "remote_map.txt"));
    await updateGitRepos({ lists: [{ base, remotes: [{ ...unreachable, name: "tools" }], problems: [] }] });
    expect(readFileSync(mine, "utf8")).toBe("mine");
    expect(readFileSync(path.join(base, "remote_map.txt"), "utf8")).toContain("tools = http");
  });
});

const unreachable = {
  id: "http://127.0.0.1:9/tools.git",
  url: "http://127.0.0.1:9/tools.git",
  transport: "http",
  ref: "master",
  fallback: "",
  sslVerify: true,
  refspecs: [],
  user: "",
  password: "",
  insecureAuth: false,
  pubkey: "",
  privkey: "",
  passphrase: "",
} as const;
