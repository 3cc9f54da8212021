import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
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
import net, { type AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { git, SourceRepository, updateOne } from "./source-repository.js";

let folder: string;
let source: SourceRepository;
let counter = 0;

const freshBase = () => path.join(folder, `base-${++counter}`);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-git-"));
  source = new SourceRepository(path.join(folder, "served/tools.git"));
  source.commit({ "a.sls": "a: one\n", "sub/b.sls": "b: one\n" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file remote", () => {
  it("is cloned and brought up to date, at a branch, a tag and a commit", async () => {
    const base = freshBase();
    const url = `file://${source.folder}`;
    expect(await updateOne(base, [url])).toMatchObject({ status: "cloned", written: 2 });
    const first = git(source.folder, "rev-parse", "HEAD");
    git(source.folder, "tag", "-a", "v1", "-m", "one");
    const second = source.commit({ "a.sls": "a: two\n" });
    expect(await updateOne(base, [url])).toMatchObject({ status: "updated", to: second });
    expect(readFileSync(path.join(base, "tools/_/a.sls"), "utf8")).toBe("a: two\n");
    expect(git(path.join(base, "tools/_"), "status", "--porcelain")).toBe("");
    expect(await updateOne(base, [`v1 ${url}`])).toMatchObject({ to: first });
    expect(await updateOne(freshBase(), [`${first.slice(0, 8)} ${url}`])).toMatchObject({ to: first });
  });

  it("that holds more than is read is refused, also the second time", async () => {
    const base = freshBase();
    const large = new SourceRepository(path.join(folder, "served/large.git"));
    writeFileSync(path.join(large.folder, "setup.exe"), Buffer.alloc(101 * 1024 ** 2));
    large.commit({ "a.sls": "a: one\n" });
    for (let run = 0; run < 2; run++) {
      const report = await updateOne(base, [`file://${large.folder}`]);
      expect(report.reason).toMatch(/Winrepo stopped: it holds an object of 105906176 bytes/);
    }
  });

  it("that sends without end is left", async () => {
    const base = freshBase();
    const slow = new SourceRepository(path.join(folder, "served/endless.git"));
    writeFileSync(path.join(slow.folder, "noise.bin"), randomBytes(60 * 1024 ** 2));
    slow.commit({ "a.sls": "a: one\n" });
    const report = await updateOne(base, [`file://${slow.folder}`], { limits: { packBytes: 1024 ** 2 } });
    expect(report.reason).toMatch(/Winrepo stopped: the server sends more than 1 MB/);
  });

  it("is fetched without the hooks and the configuration of a checkout that may be a stranger's", async () => {
    const base = freshBase();
    const url = `file://${source.folder}`;
    await updateOne(base, [url]);
    const evil = path.join(folder, "evil");
    const canary = path.join(folder, "canary");
    writeFileSync(evil, `#!/bin/sh\necho "$@" >> ${canary}\n`, { mode: 0o755 });
    const shipped = path.join(base, "tools/_/.git");
    mkdirSync(path.join(shipped, "hooks"), { recursive: true });
    symlinkSync(evil, path.join(shipped, "hooks/reference-transaction"));
    mkdirSync(path.join(shipped, "objects/info"), { recursive: true });
    writeFileSync(path.join(shipped, "objects/info/alternates"), `${source.folder}/.git/objects\n`);
    for (const [key, value] of [
      ["core.alternateRefsCommand", evil],
      ["core.fsmonitor", evil],
      ["core.sshCommand", evil],
      [`url.ssh://127.0.0.1:9/.insteadOf`, "file://"],
      ["remote.origin.uploadpack", evil],
    ] as const) {
      git(shipped, "config", key, value);
    }
    source.commit({ "c.sls": "c: one\n" });
    expect(await updateOne(base, [url])).toMatchObject({ status: "updated" });
    expect(existsSync(canary)).toBe(false);
  });

  it("whose folders hold each other is left", async () => {
    const bomb = new SourceRepository(path.join(folder, "served/bomb.git"));
    bomb.commit({ "a.sls": "a: one\n" });
    let tree = git(bomb.folder, "rev-parse", "HEAD^{tree}");
    for (let level = 0; level < 12; level++) {
      const lines = Array.from({ length: 10 }, (_, at) => `040000 tree ${tree}\td${at}\n`).join("");
      tree = execFileSync("git", ["-C", bomb.folder, "mktree"], { input: lines, encoding: "utf8" }).trim();
    }
    git(bomb.folder, "reset", "--quiet", "--soft", git(bomb.folder, "commit-tree", tree, "-m", "bomb"));
    expect((await updateOne(freshBase(), [`file://${bomb.folder}`])).reason).toMatch(/more than 100000 files/);
  });

  it("is fetched as ever when a hook of git's starts us", async () => {
    process.env.GIT_DIR = path.join(folder, "another.git");
    try {
      expect(await updateOne(freshBase(), [`file://${source.folder}`])).toMatchObject({ status: "cloned" });
      expect(existsSync(path.join(folder, "another.git"))).toBe(false);
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it("that is not there is reported in git's words", async () => {
    const report = await updateOne(freshBase(), [`file://${folder}/nothing.git`]);
    expect(report.reason).toMatch(/does not (exist|appear to be a git repository)/);
  });
});

describe("an ssh remote", () => {
  let server: ChildProcess;
  let port: number;
  const user = userInfo().username;
  const sshOptions = () =>
    `ssh -p ${port} -o UserKnownHostsFile=${folder}/known_hosts -o StrictHostKeyChecking=accept-new -o IdentityAgent=none -F /dev/null`;

  beforeAll(async () => {
    const key = (name: string, passphrase = "") =>
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-f", path.join(folder, name)], {
        timeout: 30_000,
      });
    key("host");
    key("plain");
    key("locked", "open sesame");
    key("stranger");
    const keys = ["plain.pub", "locked.pub"].map((name) => readFileSync(path.join(folder, name), "utf8"));
    writeFileSync(path.join(folder, "authorized"), keys.join(""));
    chmodSync(path.join(folder, "authorized"), 0o600);
    port = await freePort();
    mkdirSync("/run/sshd", { recursive: true });
    const config = [
      "ListenAddress 127.0.0.1",
      `Port ${port}`,
      `HostKey ${folder}/host`,
      `AuthorizedKeysFile ${folder}/authorized`,
      `PidFile ${folder}/sshd.pid`,
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "UsePAM no",
      "StrictModes no",
    ];
    writeFileSync(path.join(folder, "sshd_config"), `${config.join("\n")}\n`);
    server = spawn("/usr/sbin/sshd", ["-D", "-f", path.join(folder, "sshd_config"), "-E", path.join(folder, "log")]);
    await listening(port);
    process.env.GIT_SSH_COMMAND = sshOptions();
  });

  afterAll(() => {
    delete process.env.GIT_SSH_COMMAND;
    server?.kill("SIGTERM");
  });

  const scpUrl = () => `${user}@127.0.0.1:${source.folder}`;

  it("is reached with a key, in both ways of writing it", async () => {
    const privkey = path.join(folder, "plain");
    expect(await updateOne(freshBase(), [scpUrl()], { privkey })).toMatchObject({ status: "cloned" });
    const url = `ssh://${user}@127.0.0.1:${port}${source.folder}`;
    const entry = { [url]: [{ privkey }, { pubkey: `${privkey}.pub` }] };
    expect(await updateOne(freshBase(), [entry])).toMatchObject({ status: "cloned" });
  });

  it("is reached with a key that needs its passphrase", async () => {
    const privkey = path.join(folder, "locked");
    const entry = { [scpUrl()]: [{ privkey }, { passphrase: "open sesame" }] };
    expect(await updateOne(freshBase(), [entry])).toMatchObject({ status: "cloned" });
    const wrong = await updateOne(freshBase(), [{ [scpUrl()]: [{ privkey }, { passphrase: "open barley" }] }]);
    expect(wrong.status).toBe("failed");
    expect(JSON.stringify(wrong)).not.toContain("barley");
  });

  it("that lets the key not in is reported", async () => {
    const report = await updateOne(freshBase(), [scpUrl()], { privkey: path.join(folder, "stranger") });
    expect(report.reason).toContain("Permission denied");
  });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("sshd does not listen");
}
