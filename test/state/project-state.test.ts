import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ProjectState, StateError } from "../../engine/state/project-state.js";
import { scratchFolder } from "../target/simulated-machine.js";

function project(parent: string, name: string): string {
  const folder = path.join(parent, name);
  mkdirSync(folder);
  return folder;
}

describe("what is kept of a project", () => {
  it("lies in the user's state folder, for the user alone, and nothing of it in the project", () => {
    const [parent, home] = [scratchFolder(), scratchFolder()];
    const folder = project(parent, "repo");
    const state = new ProjectState(folder, { env: { WINREPO_STATE: home } });
    expect(readdirSync(home)).toEqual([]);
    expect(state.claim()).toEqual([]);
    expect(path.relative(home, state.folder)).toMatch(/^projects.repo-[0-9a-f]{16}$/);
    if (process.platform !== "win32") expect(statSync(state.folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is one for a project and a link to it, and two for two worktrees", () => {
    const [parent, home] = [scratchFolder(), scratchFolder()];
    const world = { env: { WINREPO_STATE: home } };
    const main = project(parent, "main");
    const worktree = project(parent, "worktree");
    expect(new ProjectState(worktree, world).folder).not.toBe(new ProjectState(main, world).folder);
    if (process.platform === "win32") return;
    symlinkSync(main, path.join(parent, "link"));
    expect(new ProjectState(path.join(parent, "link"), world).folder).toBe(new ProjectState(main, world).folder);
  });

  it("comes along when the project moves, and says so", () => {
    const [parent, home] = [scratchFolder(), scratchFolder()];
    const world = { env: { WINREPO_STATE: home } };
    const before = project(parent, "before");
    const old = new ProjectState(before, world);
    old.claim();
    writeFileSync(path.join(old.folder, "something"), "kept");
    const after = path.join(parent, "after");
    renameSync(before, after);
    const state = new ProjectState(after, world);
    expect(state.claim()).toEqual([
      `This project lay in ${before} before; its machines, downloads and logs came along.`,
    ]);
    expect(existsSync(path.join(state.folder, "something"))).toBe(true);
    expect(existsSync(old.folder)).toBe(false);
    expect(new ProjectState(after, world).claim()).toEqual([]);
  });

  it("stays with a project that is still there, and goes to no other", () => {
    const [parent, home] = [scratchFolder(), scratchFolder()];
    const world = { env: { WINREPO_STATE: home } };
    const first = new ProjectState(project(parent, "first"), world);
    first.claim();
    expect(new ProjectState(project(parent, "second"), world).claim()).toEqual([]);
    expect(existsSync(first.folder)).toBe(true);
  });

  it("keeps odd names of targets in its folder, each in a place of its own", () => {
    const state = new ProjectState(scratchFolder(), { env: { WINREPO_STATE: scratchFolder() } });
    const names = ["../../evil", "..", ".", "", "a/b", "a\\b", "C:", "x".repeat(300), "*", "\0"];
    const places = names.flatMap((name) => [state.machine(name), state.runs(name), state.refresh(name)]);
    for (const place of places) {
      expect(path.relative(state.folder, place).split(path.sep)).toHaveLength(2);
      expect(path.basename(place)).toMatch(/^[\w%-]{1,200}$/);
    }
    expect(new Set(places).size).toBe(places.length);
  });

  it("says what to do where nothing can be written, or where there is no home", () => {
    const file = path.join(scratchFolder(), "a file");
    writeFileSync(file, "");
    const blocked = new ProjectState(scratchFolder(), { env: { WINREPO_STATE: path.join(file, "state") } });
    expect(() => blocked.claim()).toThrow(StateError);
    expect(() => blocked.claim()).toThrow(
      /which cannot be written \(what it should lie in is no folder\)\. Set WINREPO_STATE to a folder that can be\./,
    );
    const homeless = new ProjectState(scratchFolder(), { env: {}, accountHome: () => "" });
    expect(() => homeless.claim()).toThrow("There is no home folder in which Winrepo could keep machines");
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("says it of a read-only folder", () => {
    const home = scratchFolder();
    chmodSync(home, 0o500);
    expect(() => new ProjectState(scratchFolder(), { env: { WINREPO_STATE: home } }).claim()).toThrow(
      "(permission denied)",
    );
  });
});
