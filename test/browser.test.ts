import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import vm from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import type * as Browser from "../engine/browser.js";
import { lint } from "../engine/lint/lint.js";
import { renderDefinition } from "../engine/render/render-definition.js";
import { corpusFiles } from "./corpus/definitions.js";
import { bothProfiles, options } from "./lint/support.js";
import { hasShared, sharedJson } from "./shared.js";

// The bundle for browsers, where there is nothing but what browsers have.

let engine: typeof Browser;

beforeAll(async () => {
  // Fails for whatever names a module of Node's.
  const { outputFiles } = await build({
    entryPoints: [path.resolve(import.meta.dirname, "../engine/browser.ts")],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "engine",
    target: "es2022",
  });
  const browser = vm.createContext({ TextEncoder, TextDecoder, performance, atob, btoa, setTimeout, AbortSignal });
  engine = vm.runInContext(`${outputFiles[0]?.text}; engine`, browser) as typeof Browser;
}, 60_000);

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe("in a browser", () => {
  it.skipIf(!hasShared)("every real definition renders to the same text and has the same findings", () => {
    const files = corpusFiles();
    const profile = bothProfiles[0] as (typeof bothProfiles)[number];
    const different = files.filter(({ path, source }) => {
      const there = engine.renderDefinition(source, { path, profile });
      const here = renderDefinition(source, { path, profile });
      return there.rendered !== here.rendered || there.status !== here.status;
    });
    expect(different.map((file) => file.path)).toEqual([]);
    const some = files.slice(0, 60);
    const settings = engine.lintOptions(engine.defaultProject("/"), bothProfiles);
    expect(isDeepStrictEqual(plain(engine.lint(some, settings)), plain(lint(some, options())))).toBe(true);
  });

  it.skipIf(!hasShared)("every filter and method gives the same", () => {
    const { contexts, cases } = sharedJson<{
      contexts: object[];
      cases: { id: string; template: string; context: number; output?: string }[];
    }>("vectors/jinja.json");
    const different = cases.filter(({ template, context, output }) => {
      if (output === undefined) return false;
      return engine.renderTemplate(template, { context: (contexts[context] ?? {}) as never }).text !== output;
    });
    expect(different.map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ["{{ 'ä'|md5 }}", "8419b71c87a225a2c70b50486fbee545"],
    ["{{ 'abc'|sha1 }}", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    ["{{ 'abc'|base64_encode|base64_decode }}", "abc"],
    ["{{ 'ab'.encode('utf-16-le').hex() }}", "61006200"],
    ["{{ ['c:/a', '../b']|join('/')|path_join('x') }}", "c:\\b\\x"],
    ["{{ 255.to_bytes(2, 'big').hex() }}", "00ff"],
  ])("%s", (template, expected) => {
    expect(engine.renderTemplate(template).problems).toEqual([]);
    expect(engine.renderTemplate(template).text).toBe(expected);
  });

  it("renders through a host, with files that it is handed", async () => {
    const host = new engine.InProcessHost(() => ({
      read: (name) => (name === "a.jinja" ? "{% set x = 'X' %}" : undefined),
    }));
    const document = { path: "b.sls", source: "{% from 'a.jinja' import x %}b:\n  '1.0':\n    full_name: {{ x }}\n" };
    const rendered = await host.render(document, engine.builtinProfiles[0]!, { mounts: [] });
    expect(rendered instanceof engine.NotFinished ? undefined : rendered.status).toBe("ok");
  });
});
