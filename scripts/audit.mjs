// Known weaknesses of what is shipped. Every package is a development dependency here, because all that is used is bundled:
// the bill of materials, which the build writes from what esbuild bundled, says which of them count.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The weaknesses of an answer of `npm audit --json` that are in a bundled package. */
export function bundledVulnerabilities(report, components) {
  const bundled = new Set(components.map((component) => component["bom-ref"]));
  return Object.values(report.vulnerabilities ?? {}).filter(({ nodes }) => nodes.some((node) => bundled.has(node)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  const { components } = JSON.parse(readFileSync("dist/sbom.cdx.json", "utf8"));
  const windows = process.platform === "win32";
  const answer = spawnSync(windows ? "npm.cmd" : "npm", ["audit", "--json"], {
    encoding: "utf8",
    shell: windows,
    timeout: 300_000,
  });
  const report = JSON.parse(answer.stdout || "{}");
  if (!report.vulnerabilities) {
    console.error(`The registry gave no answer: ${report.message ?? answer.stderr}`);
    process.exit(2);
  }
  const found = bundledVulnerabilities(report, components);
  for (const { name, severity, range, via } of found) {
    const titles = via.map((cause) => (typeof cause === "string" ? cause : `${cause.title} ${cause.url}`));
    console.error(`${name} ${range} (${severity}): ${titles.join("; ")}`);
  }
  console.error(`${components.length} bundled packages, ${found.length} with known weaknesses.`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
