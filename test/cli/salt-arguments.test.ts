import { describe, expect, it } from "vitest";
import { runCli } from "../../engine/cli/program.js";
import { withoutSaltArguments } from "../../engine/cli/salt-arguments.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";

const ours = (line: string) => withoutSaltArguments(line.split(" "), (option) => ["--flags", "-t"].includes(option));

describe("Salt's own arguments", () => {
  it.each([
    ["install firefox version=16.0.2", "install firefox=16.0.2"],
    ["install name=firefox version=16.0.2 -t box", "install -t box firefox=16.0.2"],
    ["install a,b version=1.0.0", "install a=1.0.0 b=1.0.0"],
    ["install a,b", "install a b"],
    ["install 7zip=24.08 refresh=True", "install 7zip=24.08"],
    ['install pkgs=["a",{"b":"1.0.0"}]', "install a b=1.0.0"],
    ["install a force=True report_reboot_exit_codes=False", "install --force --no-report-reboot a"],
    ["install a force=False extra_install_flags=/x=1", "install --flags=/x=1 a"],
    ["install a --flags version=1", "install --flags version=1 a"],
    ["remove a version=1.0.0 extra_uninstall_flags=/q", "remove --flags=/q a=1.0.0"],
    ["update-git-repos clean=True", "update-git-repos --clean"],
    ["update-git-repos clean=False", "update-git-repos"],
    ["refresh-db verbose=true failhard=False", "refresh-db --verbose --no-failhard"],
    ["list-available a return_dict_always=True", "list-available --return-dict-always a"],
    ["list-repo-pkgs version=1", "list-repo-pkgs version=1"],
    ["lint version=1", "lint version=1"],
  ])("%s", (line, expected) => {
    expect(ours(line).args.join(" ")).toBe(expected);
  });

  it.each([
    ["install version=1", "of no package"],
    ["install a=1 version=2", "write one of them"],
    ["install a saltenv=prod", "salt: {saltenv: prod}"],
    ["install pkgs=a", "is no list"],
    ["install a force=maybe", "True or False"],
    ["install a sources=[]", "TypeError"],
  ])("refuses %s", (line, message) => {
    expect(() => ours(line)).toThrow(message);
  });

  it("reads a version as Salt's command line does, and says when it becomes another", () => {
    const { args, notes } = ours("install a version=1.10");
    expect(args).toEqual(["install", "a=1.1"]);
    expect(notes.join()).toContain("reads the number 1.1");
    expect(ours("install a version='1.10'").args).toEqual(["install", "a=1.10"]);
  });
});

describe("an option that has one value", () => {
  it.each([
    ["install 7zip -t a -t b", "already, as 'a'"],
    ["install 7zip --target a --target=b", "already, as 'a'"],
    ["genrepo -o a -o b", "already, as 'a'"],
    ["lint --format json --format text", "already, as 'json'"],
    ["target add box --host a --host b", "already, as 'a'"],
  ])("is not given twice: %s", async (line, message) => {
    let stderr = "";
    const status = await runCli(line.split(" "), {
      stdout: { write: () => true },
      stderr: { write: (text) => (stderr += text) },
      cwd: "/",
      env: {},
      color: false,
      signal: new AbortController().signal,
      renderHost: inProcessHost,
    });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
