import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { GitRemote } from "../../config/salt-remotes.js";
import type { Credentials } from "../../git/transport.js";
import { rememberSecret } from "../../secrets.js";
import type { CliIo } from "../command.js";

/** Asks at the terminal for a remote's user name and password; the password is not shown. Nothing entered: nobody knows. */
export async function askHidden(remote: GitRemote, io: CliIo): Promise<Credentials | undefined> {
  let hidden = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!hidden) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const { signal } = io;
    io.stderr.write(`${remote.url} wants a password.\n`);
    const user = remote.user || (await lines.question("User name: ", { signal })).trim();
    if (!user) return undefined;
    io.stderr.write("Password: ");
    hidden = true;
    const password = await lines.question("", { signal });
    io.stderr.write("\n");
    rememberSecret(password);
    return password ? { user, password } : undefined;
  } finally {
    lines.close();
  }
}

/** Asks whether folders that belong to no remote may go. */
export async function confirmRemoval(folders: readonly string[], io: CliIo): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    io.stderr.write(`These folders belong to no remote:\n${folders.map((folder) => `  ${folder}\n`).join("")}`);
    const answer = await lines.question("Remove them, with all that is in them? [y/N] ", { signal: io.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
