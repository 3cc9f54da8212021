import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

const types = { commit: 1, tree: 2, blob: 3, tag: 4, "ofs-delta": 6 } as const;

export interface PackedObject {
  readonly type: keyof typeof types;
  readonly content: Buffer;
  /** What the object says that it has; its own size unless it lies. */
  readonly size?: number;
  /** For a difference: how many bytes before it its base starts. */
  readonly distance?: number;
}

/** A pack of git's, version 2, with a right checksum whatever it holds. */
export function makePack(objects: readonly PackedObject[], count = objects.length): Buffer {
  const header = Buffer.from("PACK\0\0\0\u0002\0\0\0\0", "latin1");
  header.writeUInt32BE(count, 8);
  const parts = [header, ...objects.map(packed)];
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

export function packed({ type, content, size = content.length, distance }: PackedObject): Buffer {
  const head: number[] = [];
  let rest = Math.floor(size / 16);
  head.push((types[type] << 4) | (size % 16) | (rest > 0 ? 0x80 : 0));
  while (rest > 0) {
    head.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  }
  if (distance !== undefined) {
    const back = [distance % 128];
    for (let left = Math.floor(distance / 128) - 1; left >= 0; left = Math.floor(left / 128) - 1) {
      back.unshift((left % 128) | 0x80);
    }
    head.push(...back);
  }
  return Buffer.concat([Buffer.from(head), deflateSync(content)]);
}

export function oidOf({ type, content }: PackedObject): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

export function blob(content: string | Buffer): PackedObject {
  return { type: "blob", content: Buffer.from(content) };
}

export function tree(entries: readonly (readonly [name: string, object: PackedObject])[]): PackedObject {
  const lines = entries.map(([name, object]) =>
    Buffer.concat([
      Buffer.from(`${object.type === "tree" ? "40000" : "100644"} ${name}\0`),
      Buffer.from(oidOf(object), "hex"),
    ]),
  );
  return { type: "tree", content: Buffer.concat(lines) };
}

export function commit(of: PackedObject): PackedObject {
  const text = `tree ${oidOf(of)}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nchange\n`;
  return { type: "commit", content: Buffer.from(text) };
}
