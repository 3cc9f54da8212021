import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fixFiles } from "../../engine/cli/lint/fix-files.js";
import { lintFiles } from "../../engine/cli/lint/lint-files.js";
import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import { defaultProject } from "../../engine/config/project.js";
import { lintOptions } from "../../engine/lint/lint.js";
import { NotFinished, type RenderHost } from "../../engine/render/render-host.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { temporaryFolder } from "../repo/folder.js";

const folder = temporaryFolder();
const definition = "app:\n  1.10:\n    full_name: App\n    installer: https://h/x.exe\n    install_flags: /S\n";

/** Fixes the files a.sls and b.sls; `host` renders once they have been linted. */
async function fix(host: Partial<RenderHost>, signal = new AbortController().signal) {
  folder.write({ "a.sls": definition, "b.sls": definition });
  const files = ["a.sls", "b.sls"].map((name) => {
    const absolute = path.join(folder.root, name);
    return { path: name, absolute, shown: name, folder: folder.root, source: readFileSync(absolute) };
  });
  const project = defaultProject(folder.root);
  const profiles = builtinProfiles.slice(0, 1);
  const world = { renderHost: inProcessHost, signal: new AbortController().signal };
  const linted = await lintFiles(files, project, profiles, world, ({ path }) => expect.fail(path));
  const renderHost = Object.assign(Object.create(inProcessHost) as RenderHost, host);
  const failures: string[] = [];
  const options = { hints: false, write: true, failed: (message: string) => void failures.push(message) };
  const { fixed } = await fixFiles(linted, project, lintOptions(project, profiles), { renderHost, signal }, options);
  return { fixed: fixed.map(({ file }) => file), failures };
}

const textOf = (name: string) => readFileSync(path.join(folder.root, name), "utf8");

it("a signal ends the fixing before the next file is changed", async () => {
  const controller = new AbortController();
  const run: RenderHost["run"] = async (...call) => {
    if (textOf("a.sls") !== definition) controller.abort();
    return inProcessHost.run(...call);
  };
  await expect(fix({ run }, controller.signal)).rejects.toThrow("aborted");
  expect([textOf("a.sls").includes("'1.10'"), textOf("b.sls")]).toEqual([true, definition]);
});

it("a file that cannot be linted again is not changed, and the others are", async () => {
  const run: RenderHost["run"] = async (task, setup, inputs, signal) =>
    (inputs[0] as { path: string }).path === "a.sls"
      ? inputs.map(() => new NotFinished("memory"))
      : inProcessHost.run(task, setup, inputs, signal);
  expect(await fix({ run })).toEqual({
    fixed: ["b.sls"],
    failures: ["a.sls: not changed, because linting it again takes too much memory"],
  });
  expect([textOf("a.sls"), textOf("b.sls").includes("'1.10'")]).toEqual([definition, true]);
});
