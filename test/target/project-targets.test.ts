import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { addTarget, removeTarget } from "../../engine/target/project-targets.js";
import { scratchFolder } from "./simulated-machine.js";

const file = (text?: string): string => {
  const name = path.join(scratchFolder(), ".winrepo.yaml");
  if (text !== undefined) writeFileSync(name, text);
  return name;
};
const lab = { name: "lab", kind: "ssh", settings: { host: "lab-7", port: 2222 } } as const;

describe("targets in the project file", () => {
  it("are added to a new one", async () => {
    const name = file();
    await addTarget(name, lab);
    expect(readFileSync(name, "utf8")).toBe("targets:\n  lab:\n    kind: ssh\n    host: lab-7\n    port: 2222\n");
    await removeTarget(name, "lab");
    expect(readFileSync(name, "utf8")).toBe("");
  });

  it("leave comments and everything else as they are", async () => {
    const text =
      "# ours\nprofiles: [windows-amd64]  # the one that counts\n\ntargets:\n  # in the cellar\n  old: {kind: simulated, bits: 32}\nlint:\n  rules:\n    msi-quiet: 'off'\n";
    const name = file(text);
    await addTarget(name, lab);
    const added = readFileSync(name, "utf8");
    expect(added).toContain("profiles: [windows-amd64] # the one that counts\n");
    expect(added).toContain("# in the cellar");
    expect(added).toContain("  lab:\n    kind: ssh\n");
    await removeTarget(name, "lab");
    expect(readFileSync(name, "utf8")).not.toContain("lab");
    expect(readFileSync(name, "utf8")).toContain("# in the cellar");
  });

  it("keep the file's line ends, byte order mark and indentation", async () => {
    const text = "\ufeff# ours\r\ntargets:\r\n    old:\r\n        kind: wine\r\nexclude: [a] # b\r\n";
    const name = file(text);
    await addTarget(name, lab);
    const added = text.replace(
      "wine\r\n",
      "wine\r\n    lab:\r\n        kind: ssh\r\n        host: lab-7\r\n        port: 2222\r\n",
    );
    expect(readFileSync(name, "utf8")).toBe(added);
    await removeTarget(name, "lab");
    expect(readFileSync(name, "utf8")).toBe(text);
  });

  it("leave lists as far in as they are", async () => {
    const name = file("exclude:\n- a # b\n");
    await addTarget(name, lab);
    expect(readFileSync(name, "utf8")).toContain("exclude:\n- a # b\n");
  });

  it("are written so that they are read as they were", async () => {
    const name = file();
    await addTarget(name, { name: "lab", kind: "ssh", settings: { host: "on", user: "0123" } });
    expect(readFileSync(name, "utf8")).toContain('host: "on"\n    user: "0123"\n');
  });

  it.each(["targets:\n", "targets: {}\n", "# nothing yet\n"])("are added to %j", async (text) => {
    const name = file(text);
    await addTarget(name, lab);
    expect(readFileSync(name, "utf8")).toContain("lab");
  });

  it("are refused twice, and in a file that makes no sense, which stays as it is", async () => {
    const name = file("targets:\n  lab: {kind: wine}\n");
    await expect(addTarget(name, lab)).rejects.toThrow("There is a target lab already");
    await expect(removeTarget(name, "other")).rejects.toThrow("There is no target other");
    for (const text of ["a: [", "- list\n"]) {
      const broken = file(text);
      await expect(addTarget(broken, lab)).rejects.toThrow("cannot be changed");
      expect(readFileSync(broken, "utf8")).toBe(text);
    }
    expect(existsSync(name)).toBe(true);
  });
});
