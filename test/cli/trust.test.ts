import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { scratchFolder } from "../target/simulated-machine.js";

let folder: string;
let outside: string;
let env: { [name: string]: string };
beforeEach(() => {
  folder = scratchFolder();
  outside = scratchFolder();
  env = { WINREPO_STATE: path.join(scratchFolder(), "state") };
  write("hello.sls", "hello:\n  '1.0':\n    full_name: Hello\n    installer: salt://win/repo-ng/hello.exe\n");
});

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function winrepo(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: folder,
    env,
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  };
  const status = await runCli(args, io);
  return { status, stdout, stderr };
}

/** A program that leaves a trace when anybody runs it. */
function trap(): { readonly program: string; readonly trace: string } {
  const trace = path.join(outside, "trace");
  const program = write("evil.sh", `#!/bin/sh\ntouch '${trace}'\n`);
  chmodSync(program, 0o755);
  return { program, trace };
}

describe("a project that nobody trusts", () => {
  it.each([
    ["list-pkgs"],
    ["install", "hello", "--dry-run"],
    ["install", "hello"],
    ["target", "test"],
    ["try", "hello"],
  ])("starts nothing in the name of the simulated machine: %s %s %s", async (...args) => {
    const { program, trace } = trap();
    write("sshcfg", `Host h\n  ProxyCommand '${program}'\n`);
    for (const target of ["{kind: ssh, host: h, config: ./sshcfg}", `{kind: wine, program: '${program}'}`]) {
      write(".winrepo.yaml", `targets: {simulated: ${target}}\n`);
      const { stderr } = await winrepo(...args);
      expect(stderr).toContain("targets.simulated: the name simulated is that of the simulated machine");
      expect(existsSync(trace)).toBe(false);
    }
  });

  it.each([["list-pkgs"], ["install", "hello", "--dry-run"], ["remove", "hello", "--dry-run"], ["upgrade", "-n"]])(
    "connects to nothing and starts nothing when its target is named: %s %s %s",
    async (...args) => {
      const { program, trace } = trap();
      write("sshcfg", `Host h\n  ProxyCommand '${program}'\n`);
      write(
        ".winrepo.yaml",
        `targets: {lab: {kind: ssh, host: h, config: ./sshcfg}, wine: {kind: wine, program: '${program}'}}\n`,
      );
      for (const target of ["lab", "wine"]) {
        const { status, stderr } = await winrepo(...args, "-t", target);
        expect(stderr).toContain(`targets.${target} of kind`);
        expect(stderr).toContain("--trust-project");
        expect(status).toBe(2);
        expect(existsSync(trace)).toBe(false);
      }
    },
  );

  it.each([
    ["profiles: [/dev/zero]", "profiles[0]", ["lint"]],
    ["profiles: [PIPE]", "profiles[0]", ["genrepo"]],
    ["fileRoots: [OUTSIDE]", "fileRoots[0]", ["render", "hello.sls"]],
    ["fileRoots: [link]", "fileRoots[0]", ["lint"]],
    ["lint: {baseline: OUTSIDE/b.json}", "lint.baseline", ["lint", "--update-baseline"]],
    ["salt: {minion: OUTSIDE/minion}", "salt.minion", ["genrepo"]],
    ["salt: {file_roots: {base: [OUTSIDE]}}", "salt.file_roots.base", ["list-available"]],
    ["salt: {minion: minion}", "salt.cachedir", ["refresh-db"]],
    ["salt: {master: master}", "include OUTSIDE", ["update-git-repos"]],
    ["salt: {winrepo_dir_ng: OUTSIDE, winrepo_remotes: []}", "salt.winrepo_dir_ng", ["update-git-repos"]],
    [
      "salt: {winrepo_dir: a, winrepo_dir_ng: b, winrepo_remotes: [], winrepo_remotes_ng: ['git@h:x.git']}",
      "the remote git@h:x.git",
      ["update-git-repos"],
    ],
    ["salt: {winrepo_privkey: key}", "salt.winrepo_privkey", ["update-git-repos"]],
  ])("reads and writes nothing outside of its folder: %s", async (text, setting, args) => {
    const fill = (each: string) => each.replaceAll("OUTSIDE", outside).replaceAll("PIPE", path.join(outside, "pipe"));
    if (process.platform !== "win32") symlinkSync(outside, path.join(folder, "link"));
    write("minion", `cachedir: ${outside}/cache\n`);
    write("master", `include: ${outside}/*.conf\n`);
    write(".winrepo.yaml", fill(`${text}\n`));
    const { status, stderr } = await winrepo(...args);
    expect(stderr).toContain(fill(setting));
    expect(stderr).toContain("--trust-project");
    expect(status).toBe(2);
    expect(readdirSync(outside)).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("shows nothing of a file that a link leads to outside", async () => {
    writeFileSync(path.join(outside, "secret"), "password: open sesame\n");
    symlinkSync(path.join(outside, "secret"), path.join(folder, "x.sls"));
    for (const args of [["lint"], ["lint", "--json"], ["render", "."]]) {
      const { stdout, stderr } = await winrepo(...args);
      expect(stderr).toContain("x.sls: passed over, because it leads out of the project");
      expect(stdout + stderr).not.toContain("open sesame");
    }
  });

  it("does not tell a server that it names the password in the environment", async () => {
    Object.assign(env, { WINREPO_USER: "me", WINREPO_PASSWORD: "open sesame" });
    write(
      ".winrepo.yaml",
      "salt: {winrepo_dir: a, winrepo_dir_ng: b, winrepo_remotes: [], winrepo_remotes_ng: ['https://127.0.0.1:9/x.git']}\n",
    );
    const { status, stderr } = await winrepo("update-git-repos");
    expect(stderr).toContain("would be told the user name and password in your environment");
    expect(status).toBe(2);
  });

  it("needs no trust for what is harmless", async () => {
    write("roots/map.jinja", "");
    write(
      ".winrepo.yaml",
      "profiles: [windows-amd64, {name: mine, extends: windows-x86}]\nfileRoots: [roots]\nlint: {rules: {http-url: off}, baseline: b.json}\n" +
        "targets: {simulated: {kind: simulated, bits: 32}, lab: {kind: ssh, host: h}}\nsalt: {winrepo_branch: main, cachedir: cache}\n",
    );
    for (const args of [
      ["lint", "--update-baseline"],
      ["lint"],
      ["genrepo"],
      ["list-pkgs"],
      ["config"],
      ["target", "list"],
    ]) {
      const { status, stderr } = await winrepo(...args);
      expect(stderr).not.toContain("trust");
      expect(status).toBe(0);
    }
  });
});

describe("winrepo trust", () => {
  const text = () => `fileRoots: ['${outside}']\n`;

  it("is remembered in the person's own folder, until the file says something else", async () => {
    write(".winrepo.yaml", text());
    expect((await winrepo("lint")).status).toBe(2);
    expect((await winrepo("lint", "--trust-project")).status).toBe(0);
    expect((await winrepo("lint")).status).toBe(2);
    const trusted = await winrepo("trust");
    expect(trusted.stdout).toContain(`fileRoots[0] '${outside}' lies outside`);
    expect(trusted.status).toBe(0);
    expect((await winrepo("lint")).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([".winrepo.yaml", "hello.sls"]);
    write(".winrepo.yaml", `${text()}exclude: [x]\n`);
    expect((await winrepo("lint")).status).toBe(2);
    await winrepo("trust", folder);
    expect((await winrepo("lint")).status).toBe(0);
    expect((await winrepo("trust", "--remove")).stdout).toContain("no longer trusted");
    expect((await winrepo("lint")).status).toBe(2);
    expect((await winrepo("trust", "nowhere")).status).toBe(2);
  });

  it("is not for the files that its settings have run, once they change", async () => {
    write(".winrepo.yaml", "targets: {lab: {kind: ssh, host: h, port: 9, config: ./sshcfg}}\n");
    write("sshcfg", "Host h\n  HostName 127.0.0.1\n");
    await winrepo("trust");
    expect((await winrepo("list-pkgs", "-t", "lab")).status).toBe(1);
    const { program, trace } = trap();
    write("sshcfg", `Host h\n  ProxyCommand '${program}'\n`);
    expect((await winrepo("list-pkgs", "-t", "lab")).status).toBe(2);
    expect(existsSync(trace)).toBe(false);
  });

  it("does not come with the repository", async () => {
    write(".winrepo.yaml", text());
    await winrepo("trust");
    const [own] = readdirSync(path.join(env.WINREPO_STATE as string, "projects"));
    const record = readFileSync(
      path.join(env.WINREPO_STATE as string, "projects", own as string, "trust.json"),
      "utf8",
    );
    await winrepo("trust", "--remove");
    write(".winrepo/trust.json", record);
    write("trust.json", record);
    expect((await winrepo("lint")).status).toBe(2);
  });

  it("follows what the person adds by a command, and nothing that was there before", async () => {
    expect((await winrepo("target", "add", "lab", "-k", "ssh", "--host", "127.0.0.1", "--port", "9")).status).toBe(0);
    expect((await winrepo("list-pkgs", "-t", "lab")).status).toBe(1);
    write(".winrepo.yaml", "targets: {evil: {kind: ssh, host: h}}\n");
    expect((await winrepo("target", "add", "lab", "-k", "ssh", "--host", "127.0.0.1", "--port", "9")).status).toBe(0);
    expect((await winrepo("list-pkgs", "-t", "lab")).status).toBe(2);
  });

  it("never removes what a target's name leads to", async () => {
    write(".winrepo.yaml", "targets: {'../../../x': {kind: simulated}, '': {kind: simulated}}\n");
    await winrepo("target", "test");
    const kept = () => readdirSync(env.WINREPO_STATE as string, { recursive: true }).length;
    const before = kept();
    mkdirSync(path.join(env.WINREPO_STATE as string, "x"));
    expect((await winrepo("target", "remove", "../../../x")).status).toBe(0);
    expect((await winrepo("target", "remove", "")).status).toBe(0);
    expect(kept()).toBe(before + 1);
  });
});

describe("writing", () => {
  const fixable = "x:\n  '1.0':\n    full_name: X\n    installer: 'http://e.example/x.msi'\n    instal_flags: /qn\n";

  it.skipIf(process.platform === "win32")("does not go through a link: lint --fix", async () => {
    const victim = path.join(outside, "victim.sls");
    writeFileSync(victim, fixable);
    symlinkSync(victim, path.join(folder, "x.sls"));
    write("y.sls", fixable.replace("x:", "y:").replace("full_name: X", "full_name: Y"));
    expect((await winrepo("lint", "--fix")).stderr).toContain("x.sls: passed over");
    expect((await winrepo("lint", "--fix", "x.sls")).stderr).toContain(
      "x.sls: not changed, because it is a symbolic link",
    );
    expect(readFileSync(victim, "utf8")).toBe(fixable);
    expect(readFileSync(path.join(folder, "y.sls"), "utf8")).not.toBe(fixable);
  });

  it.skipIf(process.platform === "win32")("does not go through a link: lint --update-baseline", async () => {
    const victim = path.join(outside, "victim.json");
    symlinkSync(victim, path.join(folder, "b.json"));
    write(".winrepo.yaml", "lint: {baseline: b.json}\n");
    expect((await winrepo("lint", "--update-baseline")).status).toBe(2);
    expect(existsSync(victim)).toBe(false);
  });

  it("does not take the place of a file that is no baseline", async () => {
    const victim = write("important.txt", "important");
    write(".winrepo.yaml", "lint: {baseline: important.txt}\n");
    expect((await winrepo("lint", "--update-baseline")).status).toBe(2);
    expect(readFileSync(victim, "utf8")).toBe("important");
  });

  it("fills no folder that a simulated machine is said to lie in", async () => {
    for (const place of [outside, "inside"]) {
      write(".winrepo.yaml", `targets: {simulated: {kind: simulated, folder: '${place}'}}\n`);
      expect((await winrepo("target", "test")).status).toBe(2);
      expect((await winrepo("install", "hello")).status).toBe(2);
    }
    expect(readdirSync(outside)).toEqual([]);
    expect(existsSync(path.join(folder, "inside"))).toBe(false);
  });
});
