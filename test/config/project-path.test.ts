import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type PathPurpose, pathPurposes, resolveProjectPath } from "../../engine/config/project-path.js";
import { scratchFolder } from "../target/simulated-machine.js";

const purposes = Object.keys(pathPurposes) as PathPurpose[];
const insideOnly = purposes.filter((purpose) => pathPurposes[purpose].untrusted === "inside");

describe("a path that a project names", () => {
  it("may lead anywhere when the project is trusted", () => {
    const root = scratchFolder();
    for (const purpose of purposes) {
      expect(resolveProjectPath("../x", purpose, { root, trusted: true }).path).toBe(path.resolve(root, "../x"));
    }
  });

  it.each(insideOnly)("stays inside the folder when it is not: %s", (purpose) => {
    const root = scratchFolder();
    const refusal = (named: string) => resolveProjectPath(named, purpose, { root, trusted: false }).refusal;
    for (const named of ["..", "../x", "/etc/passwd", "a/../../x", path.dirname(root)]) {
      expect(refusal(named), named).toContain("lies outside of the project's folder");
    }
    expect(refusal("a\0b")).toContain("NUL");
    for (const named of ["a", "./a/b", "..a/b", root, path.join(root, "new/file")])
      expect(refusal(named), named).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")("does not leave the folder by a link, wherever on the way that lies", () => {
    const outside = scratchFolder();
    const root = scratchFolder();
    mkdirSync(path.join(root, "real"));
    symlinkSync(outside, path.join(root, "link"));
    symlinkSync(path.join(outside, "nothing yet"), path.join(root, "dangling"));
    symlinkSync("real", path.join(root, "within"));
    const refusal = (named: string) => resolveProjectPath(named, "baseline", { root, trusted: false }).refusal;
    for (const named of ["link", "link/new", "dangling"]) expect(refusal(named), named).toContain("by a symbolic link");
    expect(refusal("within/new")).toBeUndefined();
  });

  it("is refused without a look when it starts programs or chooses who somebody is", () => {
    const root = scratchFolder();
    const refusals = purposes
      .filter((purpose) => !insideOnly.includes(purpose))
      .map((purpose) => [purpose, resolveProjectPath("inside", purpose, { root, trusted: false }).refusal]);
    expect(Object.fromEntries(refusals)).toEqual({
      key: "is a key that you are known by",
      machine: "is a folder that a machine is kept in",
      winePrefix: "is a Wine prefix, whose programs are run",
      program: "is a program that is run",
      sshConfig: "is a configuration of ssh, which can run programs",
    });
  });
});
