import { describe, expect, it } from "vitest";
import { profileFrom } from "../../engine/config/parse-profile.js";
import { DiskFileServer, repositoryMounts } from "../../engine/repo/disk-file-server.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { toJson } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";
import { hasShared, sharedJson, sharedPath } from "../shared.js";
import { inProcessRenderer } from "./in-process-renderer.js";

interface Expected {
  readonly status: "ok" | "error" | "abort";
  readonly messages: readonly string[];
  readonly repo: { readonly [name: string]: { readonly [version: string]: Json } };
  readonly name_map: { readonly [fullName: string]: string };
}

describe.skipIf(!hasShared)("the corpus merged (../shared)", () => {
  it.each(["windows-amd64", "windows-x86"])("is what Salt makes of it for %s", async (name) => {
    const expected = sharedJson<{ readonly [file: string]: Expected }>(`corpus/expected/${name}.json`);
    const profile = profileFrom(sharedJson(`corpus/profiles/${name}.json`), name, name);
    const root = sharedPath("corpus/salt-winrepo-ng");
    const mounts = repositoryMounts(root);
    const fileServer = new DiskFileServer(mounts);
    const result = await genrepo({ root, renderer: inProcessRenderer(profile, mounts), fileServer });

    expect(result.total).toBe(Object.keys(expected).length);
    const repo: { [name: string]: Json } = {};
    const nameMap: { [fullName: string]: string } = {};
    const bad = new Set<string>();
    for (const file of [...result.successList.keys(), ...result.failedList.keys()].sort(inSaltsOrder)) {
      const each = expected[file];
      if (each?.status !== "ok") bad.add(file);
      Object.assign(repo, each?.repo);
      Object.assign(nameMap, each?.name_map);
    }
    expect(new Set(result.failedList.keys())).toEqual(bad);
    expect(result.aborts.map(({ file }) => file)).toEqual(
      [...bad].filter((file) => expected[file]?.status === "abort"),
    );
    const data = result.data();
    expect(toJson(data.nameMap)).toEqual(nameMap);
    // As text, so that the order of packages, versions and attributes counts.
    expect(JSON.stringify(toJson(data.repo))).toBe(JSON.stringify(repo));
  });
});

/** Files in folders come behind those beside them; names go without regard to case. */
function inSaltsOrder(a: string, b: string): number {
  const key = (file: string) => {
    const parts = file.toUpperCase().split("/");
    return parts.map((part, index) => (index < parts.length - 1 ? `\uffff${part}` : part)).join("\0");
  };
  return key(a) < key(b) ? -1 : 1;
}
