import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { defaultProject } from "../../engine/config/project.js";
import { lintOptions } from "../../engine/lint/lint.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { discoverDefinitions } from "../../engine/repo/discover.js";
import { DiskFileServer, repositoryMounts } from "../../engine/repo/disk-file-server.js";
import { hasShared, sharedPath } from "../shared.js";
import { genrepoRows, measuredGenrepo } from "./genrepo-rows.js";
import { measureJinja } from "./jinja.js";
import { jinjaWorks } from "./jinja-works.js";
import { measureLint } from "./lint.js";
import { benchLsp, yamlLanguageServer } from "./lsp.js";
import { buildFloor, startRows } from "./start.js";
import { milliseconds, type Row, table } from "./table.js";
import { measureYaml } from "./yaml.js";

// `npm run bench [-- --json FILE] [--quick]`: every figure of the project, in one run on one machine. Ratios compare work
// of the same process; only they mean something on another machine.

const quick = process.argv.includes("--quick");
const jsonFile = process.argv[process.argv.indexOf("--json") + 1];
const work = path.resolve(".cache/bench");

async function main(): Promise<void> {
  if (!hasShared) throw new Error("The bench measures on the corpus beside the checkout, which is absent.");
  mkdirSync(work, { recursive: true });
  const rows: Row[] = [...sizes(), ...(await inProcess()), ...genrepoRows(quick)];
  rows.push(...(await starts()));
  if (!quick) rows.push(...(await editors()));
  process.stdout.write(table(rows));
  if (process.argv.includes("--json") && jsonFile) writeFileSync(jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
}

/** What people download, as it is shipped. */
function sizes(): Row[] {
  const dist = path.join(work, "dist");
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { stdio: ["ignore", 2, 2], timeout: 120_000 });
  run("scripts/build.mjs", "--production", "--no-types", `--outdir=${dist}`);
  const vsix = path.join(work, "winrepo.vsix");
  run("scripts/package.mjs", vsix);
  const kilobytes = (file: string) => `${Math.round(statSync(file).size / 1000)} kB`;
  return [
    { name: "server bundle, minified", value: kilobytes(path.join(dist, "server-main.cjs")), goal: "≤ 800 kB" },
    { name: "client bundle, minified", value: kilobytes(path.join(dist, "client.cjs")) },
    { name: "winrepo.vsix", value: kilobytes(vsix), goal: "≤ 1200 kB" },
  ];
}

/** Template, YAML and rules against the bare parse of the `yaml` package, on the same rendered texts. */
async function inProcess(): Promise<Row[]> {
  const root = sharedPath("corpus/salt-winrepo-ng");
  const { files } = await discoverDefinitions(root);
  const profiles = ["windows-amd64", "windows-x86"].map((name) =>
    loadProfile(sharedPath(`corpus/profiles/${name}.json`), root),
  );
  const fileServer = new DiskFileServer(repositoryMounts(root));
  const sources = files.map((file) => ({ ...file, source: readFileSync(file.absolute) }));
  const texts = sources.flatMap(({ source, absolute }) =>
    profiles.map(
      (profile) => renderDefinition(source, { path: absolute, profile, fileServer, dataOnly: true }).rendered,
    ),
  );
  const yaml = measureYaml(texts);
  const jinja = measureJinja(jinjaWorks(sources, profiles, fileServer));
  const lintFiles = sources.map(({ path: shown, source, absolute }) => ({ path: shown, source, absolute, fileServer }));
  const lint = measureLint(lintFiles, lintOptions(defaultProject(root), profiles));
  const bare = yaml.yamlPackage.best;
  const against = (time: number, base: number) => `${(time / base).toFixed(2)}×`;
  return [
    { name: `bare yaml parse of ${texts.length} rendered texts`, value: milliseconds(bare), ratio: "1×" },
    { name: "our YAML, data alone", value: milliseconds(yaml.data.best), ratio: against(yaml.data.best, bare) },
    { name: "our YAML, with ranges", value: milliseconds(yaml.ranges.best), ratio: against(yaml.ranges.best, bare) },
    {
      name: "Jinja, text alone",
      value: milliseconds(jinja.text.best),
      ratio: against(jinja.text.best, jinja.yamlPackage.best),
      goal: "≤ 0.5×",
    },
    {
      name: "Jinja, with source map",
      value: milliseconds(jinja.mapped.best),
      ratio: against(jinja.mapped.best, jinja.yamlPackage.best),
    },
    { name: "lint, both profiles", value: milliseconds(lint.lintMs), ratio: `${lint.ratio.toFixed(2)}×`, goal: "< 3×" },
  ];
}

/** From the start of the process to the first diagnostics, beside a server that only parses. */
async function starts(): Promise<Row[]> {
  const floor = path.join(work, "floor.cjs");
  await buildFloor(floor);
  const file = (name: string) => sharedPath(`corpus/salt-winrepo-ng/${name}`);
  const dist = path.join(work, "dist");
  const runs = 15;
  return [
    ...(await startRows(dist, floor, { file: file("7zip.sls"), goal: "≤ 1.5×", runs })),
    // Its 800 versions are rendered and linted twice; the floor reads 6 kB.
    ...(await startRows(dist, floor, { file: file("firefox.sls"), runs })),
  ];
}

/** The editor's view: from start to first diagnostics, and from key to diagnostics, beside yaml-language-server. */
async function editors(): Promise<Row[]> {
  const rows: Row[] = [];
  const ours = { command: [process.execPath, path.join(work, "dist/cli.mjs"), "lsp", "--stdio"] as const };
  const theirs = { command: yamlLanguageServer() };
  for (const [file, position] of [
    // Inside a comment: both servers have a whole file to look at with each key.
    ["7zip.sls", { line: 0, character: 5 }],
    ["firefox.sls", { line: 2, character: 5 }],
  ] as const) {
    for (const [server, start, languageId] of [
      ["winrepo", ours, "winrepo"],
      ["yaml-language-server", theirs, "yaml"],
    ] as const) {
      const figures = await benchLsp({
        file: sharedPath(`corpus/salt-winrepo-ng/${file}`),
        position,
        languageId,
        start,
      });
      const { coldStartMs, keystrokeP50Ms, keystrokeP95Ms, peakMb } = figures;
      rows.push(
        { name: `${server}: ${file}, start to first diagnostics`, value: milliseconds(coldStartMs) },
        {
          name: `${server}: ${file}, key to diagnostics`,
          value: `p50 ${milliseconds(keystrokeP50Ms)}, p95 ${milliseconds(keystrokeP95Ms)}`,
        },
        {
          name: `${server}: ${file}, peak memory`,
          value: peakMb === undefined ? "unknown" : `${Math.round(peakMb)} MB`,
        },
      );
    }
  }
  return rows;
}

if (!(await measuredGenrepo(work))) await main();
