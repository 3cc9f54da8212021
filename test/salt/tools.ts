import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../cache-folder.mjs";
import { sharedPath } from "../shared.js";

const sources = "salt-on-wine/differential";

export interface SaltTools {
  /** The stand-in for installers that the cases were recorded with. */
  readonly probe: string;
  readonly msi: (number: string) => string;
}

/** Builds the stand-in installer and the MSIs of the recorded cases, once per source. */
export function saltTools(): SaltTools {
  const names = ["probe.c", "msi-1.wxs", "msi-2.wxs"];
  const hash = createHash("sha256");
  for (const name of names) hash.update(readFileSync(sharedPath(`${sources}/${name}`)));
  const folder = path.join(cacheFolder(), `salt-tools-${hash.digest("hex").slice(0, 12)}`);
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    for (const name of names) copyFileSync(sharedPath(`${sources}/${name}`), path.join(making, name));
    const options = { cwd: making, stdio: "pipe" } as const;
    execFileSync("x86_64-w64-mingw32-gcc", ["-O2", "-s", "-o", "probe.exe", "probe.c", "-ladvapi32"], options);
    writeFileSync(path.join(making, "readme.txt"), "hello\n");
    for (const number of [1, 2])
      execFileSync("wixl", ["-a", "x64", "-o", `${number}.msi`, `msi-${number}.wxs`], options);
    renameSync(making, folder);
  }
  return { probe: path.join(folder, "probe.exe"), msi: (number) => path.join(folder, `${number}.msi`) };
}

/** A recorded case names the digests of the stand-in that it was recorded with: they become those of ours. */
export function withOwnHashes<T extends { readonly id: string }>(recorded: T, { probe }: SaltTools): T {
  const text = JSON.stringify(recorded);
  const digests = [...text.matchAll(/"source_hash\\?": \\?"(md5|sha1|sha224|sha256|sha384|sha512)=([0-9a-f]+)/g)];
  const content = readFileSync(probe);
  const lengths: { readonly [algorithm: string]: number } = {
    md5: 32,
    sha1: 40,
    sha224: 56,
    sha256: 64,
    sha384: 96,
    sha512: 128,
  };
  let own = text;
  for (const [, algorithm = "", digest = ""] of digests) {
    if (digest.length !== lengths[algorithm] || /^(.)\1+$/.test(digest)) continue;
    const ours = createHash(algorithm).update(content).digest("hex");
    own = own.replaceAll(digest, ours).replaceAll(digest.toUpperCase(), ours.toUpperCase());
  }
  return JSON.parse(own) as T;
}
