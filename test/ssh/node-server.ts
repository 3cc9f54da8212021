import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Connection, Server, type Session, utils } from "ssh2";
import { WineProgram } from "../../engine/target/wine/wine-program.js";
import { serveSftp } from "./sftp-server.js";
import { makeKey, type Sshd, writeClientConfig } from "./sshd.js";

const limitMs = 300_000;

/** An ssh server in this process that speaks as Windows' OpenSSH does: drives as `/C:/`, commands for cmd. */
export async function startNodeServer(folder: string, prefix: string): Promise<Sshd> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hostKey = makeKey(path.join(folder, "host_key"));
  const clientKey = utils.parseKey(makeKey(path.join(folder, "client_key")));
  if (clientKey instanceof Error) throw clientKey;
  const fingerprint = digest(clientKey.getPublicSSH());
  const wine = new WineProgram(prefix);
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [readFileSync(path.join(folder, "host_key"))] }, (connection) => {
    connections.add(connection);
    connection
      .on("authentication", (login) => {
        const known = login.method === "publickey" && digest(login.key.data) === fingerprint;
        if (known && (!login.signature || clientKey.verify(login.blob!, login.signature, login.hashAlgo)))
          login.accept();
        else login.reject(["publickey"]);
      })
      .on("session", (accept) => serveSession(accept(), wine))
      .on("error", () => {})
      .on("close", () => connections.delete(connection));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  writeFileSync(path.join(folder, "port"), String(port));
  return {
    config: writeClientConfig(folder, port, hostKey, "Administrator"),
    port,
    drives: "/{drive}:/",
    async stop() {
      for (const connection of connections) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function serveSession(session: Session, wine: WineProgram): void {
  session.on("exec", (accept, _reject, { command }) => {
    const channel = accept();
    const abort = new AbortController();
    channel.on("close", () => abort.abort());
    // Here the programs of a session end with it.
    wine.run(command.split(" "), { timeoutMs: limitMs, signal: abort.signal }).then(
      ({ stdout, exitCode }) => {
        channel.write(stdout);
        channel.exit(exitCode ?? 1);
        channel.end();
      },
      () => {},
    );
  });
  session.on("sftp", (accept) => serveSftp(accept(), wine.prefix));
}

const digest = (key: Buffer): string => createHash("sha256").update(key).digest("hex");
