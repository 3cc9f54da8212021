import { describe, expect, it } from "vitest";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { temporaryFolder } from "../repo/folder.js";

const folder = temporaryFolder();

async function winrepo(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const status = await runCli(args, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: folder.root,
    env: {},
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  });
  return { status, stdout, stderr };
}

const app = "{% if grains['cpuarch'] == 'AMD64' %}\napp:\n  '1.0': {full_name: App}\n{% endif %}\n";

describe("winrepo render", () => {
  it("prints what genrepo makes of each file, named from the folder", async () => {
    folder.write({ "defs/app.sls": app, "defs/sub/bad.sls": "bad:\n  1.10: {full_name: B}\n" });
    const { status, stdout } = await winrepo("render", "defs", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      "app.sls": {
        status: "ok",
        messages: [],
        repo: { app: { "1.0": { full_name: "App" } } },
        name_map: { App: "app" },
      },
      "sub/bad.sls": { status: "error", messages: ["package 'bad', version number 1.1 is not a string"], repo: {} },
    });
  });

  it("renders for the machine that is asked for", async () => {
    folder.write({ "app.sls": app });
    const { status, stdout } = await winrepo(
      "render",
      "app.sls",
      "--profile",
      "windows-x86",
      "--stage",
      "jinja",
      "--json",
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ "app.sls": { rendered: "\n", problems: [] } });
  });

  it("leaves out what the project excludes, also when it is named, and says so", async () => {
    folder.write({ ".winrepo.yaml": "exclude: [old/**]\n", "old/app.sls": app });
    const named = await winrepo("render", "old/app.sls", "--json");
    expect([named.status, JSON.parse(named.stdout)]).toEqual([0, {}]);
    expect(named.stderr).toContain(
      "old/app.sls: left out as the project file says; --no-exclude takes it all the same",
    );
    const all = await winrepo("render", "old/app.sls", "--no-exclude", "--json");
    expect(Object.keys(JSON.parse(all.stdout))).toEqual(["old/app.sls"]);
  });

  it("says which file cannot be read, and goes on", async () => {
    folder.write({ "app.sls": app });
    folder.write({ "large.sls": "#".repeat(21 * 1024 * 1024) });
    const { status, stdout, stderr } = await winrepo("render", "app.sls", "large.sls", "--json");
    expect(status).toBe(1);
    expect(stderr).toContain("large.sls: Winrepo stops here: the file has 21 MB, more than 16 MB.");
    expect(Object.keys(JSON.parse(stdout))).toEqual(["app.sls"]);
  });

  it.each([
    [["render", "nowhere"], "nowhere: no such file or folder"],
    [["render", ".", "--profile", "nt4"], "profile nt4: no such file, and no profile of that name"],
    [["render", ".", "--stage", "data"], "Allowed choices are jinja, yaml, definition"],
  ])("refuses %j in one line", async (args, reason) => {
    const { status, stderr } = await winrepo(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
