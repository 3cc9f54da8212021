import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Metafile } from "esbuild";
import { describe, expect, it } from "vitest";
import { bundledVulnerabilities, type Vulnerability } from "../../scripts/audit.mjs";
import { bundledPackages } from "../../scripts/notices.mjs";

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly object[];
  readonly hashes?: readonly { readonly content: string }[];
}

const notices = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
const bill = JSON.parse(readFileSync("dist/sbom.cdx.json", "utf8")) as { components: Component[] };

/** The packages that esbuild's own remarks in the bundles name: another way to know them than the build's. */
function namedInBundles(): string[] {
  const folders = new Set<string>();
  for (const name of readdirSync("dist", { recursive: true }).map(String)) {
    if (!/\.(?:mjs|cjs|js)$/.test(name)) continue;
    const text = readFileSync(path.join("dist", name), "utf8");
    for (const [, folder] of text.matchAll(/^\s*\/\/ ((?:\S*\/)?node_modules\/(?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm)) {
      folders.add(folder!.replace(/^(?:\.\.\/)+/, ""));
    }
  }
  return [...folders].sort();
}

describe("what is bundled", () => {
  it("stands in the notices and in the bill of materials", () => {
    const folders = namedInBundles();
    expect(folders.length).toBeGreaterThan(50);
    expect(bill.components.map((component) => component["bom-ref"])).toEqual(expect.arrayContaining(folders));
    for (const { name, version } of bill.components) expect(notices).toContain(`\n${name} ${version} (`);
  });

  it("has the text of its licence with it", () => {
    const parts = notices.split(`${"-".repeat(80)}\n`).slice(1);
    expect(parts).toHaveLength(bill.components.length);
    for (const part of parts) expect(part, part.slice(0, 60)).toMatch(/copyright|license/i);
    for (const part of parts) expect(part.length, part.slice(0, 60)).toBeGreaterThan(500);
  });

  it("is described as CycloneDX wants it", () => {
    expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
    for (const { purl, name, version, licenses, hashes } of bill.components) {
      expect(purl).toBe(`pkg:npm/${name.replace("@", "%40")}@${version}`);
      expect(licenses).toHaveLength(1);
      expect(hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
    }
  });
});

describe("a package that cannot be shipped", () => {
  const metafile = {
    inputs: {},
    outputs: {
      "a.js": { inputs: { "node_modules/x/a.js": { bytesInOutput: 1 }, "node_modules/y/b.js": { bytesInOutput: 0 } } },
    },
  } as unknown as Metafile;

  it.each([
    [{ name: "x", version: "1.0.0" }, /x names no licence/],
    [{ name: "x", version: "1.0.0", license: "GPL-3.0" }, /no text for the licence GPL-3.0/],
  ])("stops the build", (manifest, message) => {
    const root = mkdtempSync(path.join(tmpdir(), "winrepo-notices-"));
    mkdirSync(path.join(root, "node_modules/x"), { recursive: true });
    writeFileSync(path.join(root, "LICENSE"), "ours");
    writeFileSync(path.join(root, "node_modules/x/package.json"), JSON.stringify(manifest));
    expect(() => bundledPackages([metafile], root)).toThrow(message);
    rmSync(root, { recursive: true });
  });
});

it("the audit counts what is bundled, and nothing else", () => {
  const weak = (name: string, ...nodes: string[]): Vulnerability => {
    return { name, severity: "high", range: "*", via: ["x"], nodes };
  };
  const report = {
    vulnerabilities: { yaml: weak("yaml", "node_modules/yaml"), vitest: weak("vitest", "node_modules/vitest") },
  };
  expect(bundledVulnerabilities(report, bill.components).map(({ name }) => name)).toEqual(["yaml"]);
});

it("the npm package holds bundles, notices and types, but no source maps and no tests", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 60_000,
  });
  const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
  const names = files.map((file) => file.path);
  expect(names).toEqual(
    expect.arrayContaining(["dist/cli.mjs", "dist/engine.mjs", "dist/THIRD-PARTY-NOTICES.txt", "dist/sbom.cdx.json"]),
  );
  expect(
    names.filter((name) => /\.map$|\.cache$|^test\/|^dist\/types\/test\/|\.test\.|\.winrepo-built/.test(name)),
  ).toEqual([]);
}, 60_000);
