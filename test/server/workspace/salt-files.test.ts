import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseProject } from "../../../engine/config/project-loader.js";
import { Projects } from "../../../server/workspace/projects.js";
import { SaltFiles } from "../../../server/workspace/salt-files.js";
import { fileToUri } from "../../../server/workspace/uri.js";

const root = path.resolve("/repository");
const project = "salt:\n  minion: etc/test-minion.yaml\n  master: etc/test-master.yaml\n";

function saltFiles(): SaltFiles {
  const load = () => parseProject(project, path.join(root, ".winrepo.yaml"));
  return new SaltFiles(
    new Projects([root], load, () => ({ read: () => undefined }), { warn: () => undefined, loaded: () => undefined }),
  );
}

function roleOf(name: string, text = "id: box\n", files = saltFiles()) {
  return files.update({ uri: fileToUri(path.join(root, name)), languageId: "plaintext", version: 1, text })?.role;
}

describe("which open files are Salt's configuration", () => {
  it.each([
    ["minion", "minion"],
    ["etc/salt/master", "master"],
    ["minion.d/winrepo.conf", "minion"],
    ["etc/salt/master.d/winrepo.conf", "master"],
    ["etc/test-minion.yaml", "minion"],
    ["etc/test-master.yaml", "master"],
  ])("%s is a %s's", (name, role) => {
    expect(roleOf(name)).toBe(role);
  });

  it.each(["other.yaml", "minion.yaml", "etc/app.conf", "minion.d/readme.txt", ".git/refs/heads/master"])(
    "%s is none",
    (name) => {
      expect(roleOf(name)).toBeUndefined();
    },
  );

  it("takes a conf.d's file when it speaks of winrepo", () => {
    expect(roleOf("conf.d/default.conf", "server {\n  listen 80;\n}\n")).toBeUndefined();
    expect(roleOf("conf.d/repo.conf", "winrepo_branch: main\n")).toBe("minion");
  });

  it("forgets a file that is none any more", () => {
    const files = saltFiles();
    const uri = fileToUri(path.join(root, "conf.d/a.conf"));
    roleOf("conf.d/a.conf", "winrepo_dir: /srv\n", files);
    expect(files.get(uri)).toBeDefined();
    roleOf("conf.d/a.conf", "id: box\n", files);
    expect(files.get(uri)).toBeUndefined();
  });

  it("leaves an untitled text alone", () => {
    expect(
      saltFiles().update({ uri: "untitled:minion", languageId: "yaml", version: 1, text: "a: 1\n" }),
    ).toBeUndefined();
  });
});
