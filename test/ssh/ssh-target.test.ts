import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RealTarget } from "../../engine/target/real/real-target.js";
import { SshClient } from "../../engine/target/ssh/ssh-client.js";
import { openSsh, SshConnection } from "../../engine/target/ssh/ssh-connection.js";
import { type Target, TargetError } from "../../engine/target/target.js";
import { clonePrefix } from "../../engine/target/wine/prefix.js";
import { WineProgram } from "../../engine/target/wine/wine-program.js";
import { buildFixtures } from "../machines/fixtures.js";
import { caseRows } from "../machines/suite.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";
import { startNodeServer } from "./node-server.js";
import { type Sshd, startSshd, whyNoSshd } from "./sshd.js";

const reason = whyNoWine() ?? whyNoSshd();
if (reason) console.warn(`The suites on target ssh are skipped; ${reason}`);

const servers = [
  ["sshd", startSshd],
  ["ssh2", startNodeServer],
] as const;

describe.skipIf(reason).each(servers)("target ssh, %s", (_, start) => {
  let folder: string;
  let wine: WineProgram;
  let fixtures: string;
  let server: Sshd;
  let target: Target;
  const open = (changes: { config?: string } = {}) =>
    openSsh({ name: "ssh", host: "windows", config: server.config, drives: server.drives, ...changes });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-ssh-test-"));
    wine = new WineProgram(path.join(folder, "prefix"));
    fixtures = buildFixtures();
    await clonePrefix(await wineTemplate(), wine.prefix);
    server = await start(path.join(folder, "server"), wine.prefix);
    target = await open();
  });
  afterAll(async () => {
    await target?.close();
    await server?.stop();
    await wine.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  // Wine's cmd reads batch files in the code page of its locale; Windows' own knows UTF-8.
  it.each(caseRows)("%s", (_, { run }) => run({ target, fixtures, traits: { unicodeLines: false } }));

  it("a host key that is not the known one is refused", async () => {
    const known = path.join(folder, "other");
    const config = path.join(folder, "other_config");
    writeFileSync(known, "");
    writeFileSync(
      config,
      readFileSync(server.config, "utf8").replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${known}`),
    );
    const failure = await open({ config }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TargetError);
    expect((failure as Error).message).toContain("connect once by hand");
  });

  it("a key that the host does not know is refused, and nothing is asked", async () => {
    const config = path.join(folder, "nokey_config");
    writeFileSync(config, readFileSync(server.config, "utf8").replace(/IdentityFile .*/, "IdentityFile /nonexistent"));
    await expect(open({ config })).rejects.toThrow("Nothing is asked here");
  });

  it("leaves nothing of its own on the host", async () => {
    await target.run("cmd /c exit 0");
    await target.close();
    expect(readdirSync(path.join(wine.prefix, "drive_c/ProgramData/winrepo"))).toEqual([]);
    target = await open();
  });

  it("works by batch files where the host does not let our program run, and says so", async () => {
    const connection = await SshConnection.open(
      await SshClient.connect({ host: "windows", config: server.config }),
      server.drives,
      {
        program: Buffer.from("no program"),
      },
    );
    const result = await connection.run("cmd /c exit 3010", { timeoutMs: 60_000 });
    expect([result.exitCode, result.timedOut]).toEqual([3010, false]);
    expect(result.notes?.[0]).toContain("the line went through a batch file");
    const registry = new RealTarget("ssh", connection);
    expect(
      await registry.readRegistry("HKLM", "Software\\Microsoft\\Windows NT\\CurrentVersion", "64", 0),
    ).toBeDefined();
    await registry.close();
  });
});

describe.skipIf(reason)("ssh to a host that is not there", () => {
  it("says when nobody answers", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "winrepo-ssh-test-"));
    const config = path.join(folder, "config");
    writeFileSync(config, "Host windows\n  HostName 127.0.0.1\n  Port 1\n");
    await expect(openSsh({ name: "ssh", host: "windows", config })).rejects.toThrow(
      /No connection to windows: .*refused/,
    );
    await expect(openSsh({ name: "ssh", host: "-oProxyCommand=x", config })).rejects.toThrow("Not a host name");
    rmSync(folder, { recursive: true });
  });
});
