import { GitError } from "./git-error.js";

/** A line of git's protocol; `flush` ends a section. */
export type Packet = Buffer | "flush";

const flush = "0000";

export function pktLine(text: string): string {
  return (Buffer.byteLength(text) + 4).toString(16).padStart(4, "0") + text;
}

export function pktLines(lines: readonly (string | "flush")[]): Buffer {
  return Buffer.from(lines.map((line) => (line === "flush" ? flush : pktLine(line))).join(""));
}

/** Takes a server's answer apart; a packet has 64 kB at most. */
export async function* packetsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Packet> {
  let pending = Buffer.alloc(0);
  for await (const chunk of source) {
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
    let at = 0;
    while (pending.length - at >= 4) {
      const digits = pending.toString("latin1", at, at + 4);
      const length = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : -1;
      if (length !== 0 && length < 4) throw new GitError("the server does not speak git's protocol");
      if (pending.length - at < length) break;
      yield length === 0 ? "flush" : pending.subarray(at + 4, at + length);
      at += Math.max(4, length);
    }
    pending = pending.subarray(at);
  }
  if (pending.length > 0) throw new GitError("the server ended the connection in the middle of its answer");
}
