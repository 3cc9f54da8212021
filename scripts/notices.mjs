// Notices and bill of materials of the packages that are bundled, from what esbuild says went into the bundles.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {object} BundledPackage
 * @property {string} folder below the root, with `/`
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX
 * @property {string} text its licence and notices, as they lie in it
 */

/**
 * The packages of which at least one byte is in an output, sorted by name and version.
 * @returns {BundledPackage[]}
 */
export function bundledPackages(metafiles, root = ".") {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const output of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        if (folder && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  return [...folders]
    .map((folder) => describe(folder, root))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version) || compare(a.folder, b.folder));
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function describe(folder, root) {
  const at = path.join(root, folder);
  const { name, version, license, author } = JSON.parse(readFileSync(path.join(at, "package.json"), "utf8"));
  if (typeof license !== "string") throw new Error(`${name} names no licence: it cannot be shipped.`);
  const texts = readdirSync(at)
    .filter((file) => /^(licen[cs]e|copying|notice|third.?party)/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(at, file), "utf8").trim());
  const text = texts.join("\n\n");
  return {
    folder,
    name,
    version,
    license,
    text: isWhole(text, license) ? text : completed(text, license, author, root),
  };
}

const isWhole = (text, license) => (license === "Apache-2.0" ? /TERMS AND CONDITIONS/i.test(text) : text.length > 500);

/** Some packages carry no text of their licence; what they name is then written out. */
function completed(text, license, author, root) {
  const holder = typeof author === "string" ? author : (author?.name ?? "its authors");
  const standard = {
    MIT: `Copyright (c) ${holder}\n\n${mit}`,
    "Apache-2.0": readFileSync(path.join(root, "LICENSE"), "utf8"),
  };
  const full = standard[license];
  if (!full) throw new Error(`There is no text for the licence ${license}: the package cannot be shipped.`);
  return `${text}\n\n${full}`.trim();
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Writes THIRD-PARTY-NOTICES.txt and sbom.cdx.json (CycloneDX 1.6) beside the bundles. */
export function writeNotices(metafiles, outdir, root = ".") {
  const packages = bundledPackages(metafiles, root);
  writeFileSync(path.join(outdir, "THIRD-PARTY-NOTICES.txt"), noticesOf(packages));
  writeFileSync(
    path.join(outdir, "sbom.cdx.json"),
    `${JSON.stringify(billOfMaterials(packages, root), undefined, 2)}\n`,
  );
}

function noticesOf(packages) {
  const rule = "-".repeat(80);
  const parts = packages.map(
    ({ name, version, license, text }) => `${rule}\n${name} ${version} (${license})\n\n${text}\n`,
  );
  return `Winrepo contains the following packages, each under the terms that stand below its name.\n\n${parts.join("\n")}`;
}

function billOfMaterials(packages, root) {
  const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        name: own.name,
        version: own.version,
        licenses: [{ license: { id: own.license } }],
        purl: `pkg:npm/${own.name}@${own.version}`,
      },
    },
    components: packages.map(({ folder, name, version, license }) => ({
      type: "library",
      "bom-ref": folder,
      name,
      version,
      licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
      purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
      ...hashesOf(lock.packages[folder]?.integrity),
    })),
  };
}

/** The lock file's digest of the package's archive. */
function hashesOf(integrity) {
  const [, digest] = /^sha512-(\S+)$/.exec(integrity ?? "") ?? [];
  return digest ? { hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }] } : {};
}
