import { open } from "node:fs/promises";
import { GitError } from "./git-error.js";
import { type Packet, packetsOf, pktLines } from "./pkt-line.js";

/** What is asked of a server, in the words of git's protocol. */
export interface PackRequest {
  readonly wants: readonly string[];
  /** Commits that lie here; what they hold is not sent again. */
  readonly haves: readonly string[];
  /** Commits that lie here without their parents. */
  readonly shallow: readonly string[];
  /** How many commits of each history; undefined asks for all of it. */
  readonly depth?: number;
}

/** What a server says besides the pack: which commits come without their parents, and which no longer do. */
export interface PackAnswer {
  readonly shallow: readonly string[];
  readonly unshallow: readonly string[];
}

/** Git's word for "all of the history". */
export const wholeHistory = 0x7fffffff;
const packBand = 1;
const errorBand = 3;

export function packRequest({ wants, haves, shallow, depth = wholeHistory }: PackRequest): Buffer {
  const [first, ...others] = [...new Set(wants)];
  return pktLines([
    `want ${first} side-band-64k ofs-delta no-progress agent=winrepo\n`,
    ...others.map((oid) => `want ${oid}\n`),
    ...shallow.map((oid) => `shallow ${oid}\n`),
    `deepen ${depth}\n`,
    "flush",
    ...haves.map((oid) => `have ${oid}\n`),
    "done\n",
  ]);
}

/**
 * Writes the pack of a server's answer to a file as it comes. The file may be anything until it is checked.
 * @throws GitError when the server refuses, or ends in the middle
 */
export async function receivePack(
  answer: AsyncIterable<Uint8Array>,
  file: string,
  onBytes: (bytes: number) => void,
): Promise<PackAnswer> {
  const shallow: string[] = [];
  const unshallow: string[] = [];
  const pack = await open(file, "wx");
  let [isPack, isEnded, bytes] = [false, false, 0];
  try {
    for await (const packet of packetsOf(answer)) {
      isEnded = isPack && packet === "flush";
      if (packet === "flush") continue;
      const band = packet[0] ?? 0;
      if (band > errorBand) readLine(packet.toString("utf8"), shallow, unshallow);
      else if (band === errorBand) throw new GitError(`the server says: ${printable(packet.subarray(1))}`);
      else if (band === packBand) {
        isPack = true;
        await pack.writeFile(packet.subarray(1));
        bytes += packet.length - 1;
        onBytes(bytes);
      }
    }
  } finally {
    await pack.close();
  }
  if (!isEnded) throw new GitError("the server ended the connection in the middle of its answer");
  return { shallow, unshallow };
}

function readLine(line: string, shallow: string[], unshallow: string[]): void {
  const [, word, rest = ""] = /^(\S+) ?([\s\S]*)$/.exec(line.trimEnd()) ?? [];
  const isOid = /^[0-9a-f]{40}$/.test(rest);
  if (word === "shallow" && isOid) shallow.push(rest);
  else if (word === "unshallow" && isOid) unshallow.push(rest);
  else if (word === "ERR") throw new GitError(`the server says: ${printable(Buffer.from(rest))}`);
}

/** A server's words, in one line. */
function printable(packet: Exclude<Packet, "flush">): string {
  return packet
    .toString("utf8", 0, 500)
    .replace(/[\0-\x1f\x7f-\x9f]+/g, " ")
    .trim();
}
