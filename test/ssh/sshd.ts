import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { type LongLived, startLongLived } from "../../engine/process/long-lived.js";

const sshd = "/usr/sbin/sshd";
const sftpServer = [
  "/usr/lib/openssh/sftp-server",
  "/usr/libexec/openssh/sftp-server",
  "/usr/lib/ssh/sftp-server",
].find(existsSync);

export function whyNoSshd(): string | undefined {
  if (!existsSync(sshd) || !sftpServer) return "missing: sshd (Debian: apt-get install openssh-server)";
  return spawnSync("ssh", ["-V"]).error || spawnSync("sftp", ["-h"]).error ? "missing: ssh and sftp" : undefined;
}

export interface Sshd {
  /** The client's configuration: host `windows`, its port, key and known hosts. */
  readonly config: string;
  readonly port: number;
  readonly drives: string;
  stop(): Promise<void>;
}

/** Makes a key pair in a file; returns the public half. */
export function makeKey(file: string): string {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "winrepo-test", "-f", file]);
  return readFileSync(`${file}.pub`, "utf8").trim();
}

/** Writes the configuration by which the system's ssh finds a server on this machine. */
export function writeClientConfig(folder: string, port: number, hostKey: string, user: string): string {
  const [type, key] = hostKey.split(" ");
  writeFileSync(path.join(folder, "known_hosts"), `[127.0.0.1]:${port} ${type} ${key}\n`);
  const config = path.join(folder, "ssh_config");
  const lines = [
    "Host windows",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    `  User ${user}`,
    `  IdentityFile ${path.join(folder, "client_key")}`,
    "  IdentitiesOnly yes",
    `  UserKnownHostsFile ${path.join(folder, "known_hosts")}`,
    "  GlobalKnownHostsFile /dev/null",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  return config;
}

/** A real sshd on 127.0.0.1 that hands every command to a Wine prefix. */
export async function startSshd(folder: string, prefix: string): Promise<Sshd> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hostKey = makeKey(path.join(folder, "host_key"));
  writeFileSync(path.join(folder, "authorized_keys"), `${makeKey(path.join(folder, "client_key"))}\n`, { mode: 0o600 });
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  const port = await freePort();
  const force = path.join(folder, "command.sh");
  writeFileSync(force, forceCommand(prefix, folder));
  chmodSync(force, 0o755);
  const config = path.join(folder, "sshd_config");
  const lines = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${path.join(folder, "host_key")}`,
    `AuthorizedKeysFile ${path.join(folder, "authorized_keys")}`,
    "PidFile none",
    "UsePAM no",
    "StrictModes no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin prohibit-password",
    "Subsystem sftp internal-sftp",
    `ForceCommand ${force}`,
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  const server: LongLived = await startLongLived(sshd, ["-D", "-e", "-f", config]);
  for (let tries = 0; !server.stderr().includes("listening"); tries++) {
    if (tries > 2_000) throw new Error(`sshd does not start: ${server.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    config: writeClientConfig(folder, port, hostKey, userInfo().username),
    port,
    drives: `${prefix}/dosdevices/c:/`,
    stop: () => server.stop(),
  };
}

/** Wine's services would keep the connection's pipe open, so what a command writes takes the way through a file. */
function forceCommand(prefix: string, folder: string): string {
  return `#!/bin/sh
case "$SSH_ORIGINAL_COMMAND" in internal-sftp|*sftp-server*) exec ${sftpServer} ;; esac
export WINEPREFIX='${prefix}' WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=' LC_ALL=C.UTF-8
set -f
out=$(mktemp '${folder}/out.XXXXXX')
wine $SSH_ORIGINAL_COMMAND </dev/null >"$out" 2>&1
code=$?
cat "$out"
rm -f "$out"
exit $code
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
