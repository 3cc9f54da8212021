import http from "node:http";
import type { AddressInfo } from "node:net";
import { pktLines } from "../../engine/git/pkt-line.js";

export interface PackServer {
  readonly url: string;
  close(): void;
}

export interface PackServerPlan {
  /** Name and object id; without HEAD where the server's own names a branch that is not there. */
  readonly refs: readonly (readonly [ref: string, oid: string])[];
  readonly pack: Buffer;
  /** Ends the connection after so many bytes of the answer with the pack. */
  readonly breakAfter?: number;
  /** Instead of the pack. */
  readonly error?: string;
  /** Lists refs without end. */
  readonly endlessRefs?: boolean;
}

/** A git server over http that says and sends what the test wants: no git program is part of it. */
export async function servePack(plan: () => PackServerPlan): Promise<PackServer> {
  const server = http.createServer((request, response) => {
    const { refs, pack, breakAfter, error, endlessRefs } = plan();
    if (request.method === "GET") {
      const capabilities = "side-band-64k ofs-delta shallow";
      const lines = refs.map(([ref, oid], index) => `${oid} ${ref}${index === 0 ? `\0${capabilities}` : ""}\n`);
      response.writeHead(200, { "content-type": "application/x-git-upload-pack-advertisement" });
      response.write(pktLines(["# service=git-upload-pack\n", "flush", ...lines]));
      if (!endlessRefs) {
        response.end(pktLines(["flush"]));
        return;
      }
      const more = pktLines(Array.from({ length: 1000 }, (_, at) => `${"a".repeat(40)} refs/heads/${at}\n`));
      const send = () => {
        while (!response.destroyed && response.write(more));
      };
      response.on("drain", send);
      send();
      return;
    }
    response.writeHead(200, { "content-type": "application/x-git-upload-pack-result" });
    const bands: Buffer[] = [];
    if (error !== undefined) bands.push(band(3, Buffer.from(error)));
    for (let at = 0; at < pack.length; at += 60_000) bands.push(band(1, pack.subarray(at, at + 60_000)));
    const shallow = refs.map(([, oid]) => `shallow ${oid}`);
    const answer = Buffer.concat([pktLines([...shallow, "flush", "NAK\n"]), ...bands, pktLines(["flush"])]);
    if (breakAfter === undefined) response.end(answer);
    else response.write(answer.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tools.git`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function band(number: number, content: Buffer): Buffer {
  const length = (content.length + 5).toString(16).padStart(4, "0");
  return Buffer.concat([Buffer.from(length), Buffer.from([number]), content]);
}
