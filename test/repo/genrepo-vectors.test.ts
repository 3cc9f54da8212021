import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { profileFrom } from "../../engine/config/parse-profile.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { toJson } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";
import { hasShared, sharedJson } from "../shared.js";
import { inProcessRenderer } from "./in-process-renderer.js";

interface GenrepoVector {
  readonly id: string;
  readonly files: { readonly [file: string]: string };
  readonly salt: {
    readonly abort?: string;
    readonly result?: {
      readonly total: number;
      readonly success: number;
      readonly failed: number;
      readonly success_list: { readonly [file: string]: Json };
      readonly failed_list: { readonly [file: string]: string[] };
    };
    readonly repo?: Json;
    readonly name_map?: Json;
    readonly errors?: { readonly [file: string]: string[] };
  };
}

describe.skipIf(!hasShared)("measured folders (../shared)", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-genrepo-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const vectors = hasShared ? sharedJson<GenrepoVector[]>("vectors/genrepo.json") : [];
  const profile = hasShared
    ? profileFrom(sharedJson("corpus/profiles/genrepo-vectors.json"), "genrepo-vectors", "the vectors' profile")
    : undefined;

  it.each(vectors.map((vector) => [vector.id, vector] as const))("%s", async (id, { files, salt }) => {
    const root = path.join(folder, id);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    }
    const result = await genrepo({ root, renderer: inProcessRenderer(profile!) });
    if (salt.abort !== undefined) {
      expect(result.aborts.map(({ reason }) => reason)).toContain(salt.abort);
      expect(result.total).toBeGreaterThan(0);
      return;
    }
    const data = result.data();
    expect(result.aborts).toEqual([]);
    expect({ total: result.total, success: result.success, failed: result.failed }).toEqual({
      total: salt.result?.total,
      success: salt.result?.success,
      failed: salt.result?.failed,
    });
    expect([...result.successList].map(([file, names]) => [file, names.map(toJson)])).toEqual(
      Object.entries(salt.result?.success_list ?? {}),
    );
    expect(firstLines(Object.fromEntries(result.failedList))).toEqual(firstLines(salt.result?.failed_list ?? {}));
    expect(firstLines(toJson(data.errors) as never)).toEqual(firstLines(salt.errors ?? {}));
    expect(toJson(data.repo)).toEqual(salt.repo);
    expect(toJson(data.nameMap)).toEqual(salt.name_map ?? {});
  });
});

function firstLines(messages: { readonly [file: string]: readonly string[] }): [string, (string | undefined)[]][] {
  return Object.entries(messages).map(([file, list]) => [file, list.map((message) => message.split("\n")[0])]);
}
