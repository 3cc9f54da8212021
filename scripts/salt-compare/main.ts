import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Profile } from "../../engine/config/profile.js";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { SaltRelease } from "../../engine/salt-version/release.js";
import { readSaltVersion } from "../../engine/salt-version/salt-version.js";
import { renderTemplate } from "../../engine/template/index.js";
import { type Typed, toTyped } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";
import { loadYaml } from "../../engine/yaml/index.js";
import { cacheFolder } from "../../test/cache-folder.mjs";
import { generatedCases } from "./generated.js";

/** Something that each Salt and we are asked. */
export interface Case {
  readonly id: string;
  readonly kind: "jinja" | "yaml" | "definition";
  readonly text: string;
  readonly profile?: string;
  readonly context?: { readonly [name: string]: Json };
}

interface Answer {
  readonly text?: string;
  readonly data?: Typed;
  readonly error?: string;
  readonly skip?: string;
}

const root = process.cwd();
const shared = path.resolve(root, "../shared");
const profileName = "windows-amd64";

/** The vectors and the corpus that lie beside the checkout; only generated cases without them. */
function sharedCases(short: boolean): Case[] {
  const jinja = path.join(shared, "vectors/jinja.json");
  if (!existsSync(jinja)) {
    console.log("The folder ../shared is absent: only generated cases are compared.");
    return [];
  }
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(shared, file), "utf8"));
  const templates = read("vectors/jinja.json") as {
    readonly contexts: readonly { readonly [name: string]: Json }[];
    readonly cases: readonly { readonly id: string; readonly template: string; readonly context: number }[];
  };
  const texts = read("vectors/yaml.json") as readonly { readonly id: string; readonly yaml: string }[];
  const folder = path.join(shared, "corpus/salt-winrepo-ng");
  const definitions = readdirSync(folder).filter((name) => name.endsWith(".sls"));
  return [
    ...templates.cases.map(
      ({ id, template, context }): Case => ({
        id: `jinja ${id}`,
        kind: "jinja",
        text: template,
        profile: profileName,
        ...(templates.contexts[context] && { context: templates.contexts[context] }),
      }),
    ),
    ...texts.map(({ id, yaml }): Case => ({ id: `yaml ${id}`, kind: "yaml", text: yaml })),
    ...definitions
      .filter((_, index) => !short || index % 5 === 0)
      .map(
        (name): Case => ({
          id: `definition ${name}`,
          kind: "definition",
          text: readFileSync(path.join(folder, name), "utf8"),
          profile: profileName,
        }),
      ),
  ];
}

function ours({ kind, text, context }: Case, profile: Profile, release: string): Answer {
  const version = readSaltVersion(release)?.version;
  if (kind === "yaml") {
    const { data, problems } = loadYaml(text, new SaltRelease(version));
    if (problems.some(({ undecided }) => undecided)) return { skip: "undecided" };
    return data === undefined ? { error: problems[0]?.message ?? "" } : { data: toTyped(data) };
  }
  if (kind === "definition") {
    const { data, problems } = renderDefinition(text, {
      path: "/case.sls",
      profile: { ...profile, saltVersion: release },
    });
    if (problems.some(({ undecided }) => undecided)) return { skip: "undecided" };
    return data === undefined ? { error: problems[0]?.message ?? "" } : { data: toTyped(data) };
  }
  const { grains, pillar } = profile;
  const rendered = renderTemplate(text, { context: { ...context, grains, pillar }, salt: new SaltRelease(version) });
  const [problem] = rendered.problems;
  if (problem?.undecided) return { skip: problem.undecided };
  return problem ? { error: (problem.salt ?? problem.message).split("\n")[0] ?? "" } : { text: rendered.text };
}

/** The interpreter with that Salt, set up from PyPI when it is not there yet. */
function python(release: string): string {
  const folder = path.join(cacheFolder(), "salt", release);
  const interpreter = path.join(folder, "bin/python");
  if (existsSync(path.join(folder, "bin/salt-call"))) return interpreter;
  console.log(`Setting up Salt ${release} …`);
  mkdirSync(path.dirname(folder), { recursive: true });
  for (const [program, ...args] of [
    ["python3", "-m", "venv", folder],
    [interpreter, "-m", "pip", "install", "-q", "--disable-pip-version-check", `salt==${release}`],
  ]) {
    const { status, stderr } = spawnSync(program as string, args, { timeout: 15 * 60_000, encoding: "utf8" });
    if (status !== 0) throw new Error(`Salt ${release} cannot be set up: ${stderr}`);
  }
  return interpreter;
}

/** What a real Salt answers, by the case's id. */
async function theirs(release: string, cases: readonly Case[], profile: Profile): Promise<Map<string, Answer>> {
  const driver = path.join(root, "scripts/salt-compare/driver.py");
  const child = spawn(python(release), [driver], { stdio: ["pipe", "pipe", "inherit"], timeout: 20 * 60_000 });
  const answers = new Map<string, Answer>();
  const lines = createInterface({ input: child.stdout });
  const done = new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      const { id, ...answer } = JSON.parse(line) as Answer & { readonly id?: string; readonly version?: string };
      if (id !== undefined) answers.set(id, answer);
    });
    child.on("error", reject);
    child.on("close", () => resolve());
  });
  const { name, grains, pillar, environment } = profile;
  child.stdin.write(`${JSON.stringify({ [name]: { grains, pillar, environment } })}\n`);
  for (const one of cases) child.stdin.write(`${JSON.stringify(one)}\n`);
  child.stdin.end();
  await done;
  return answers;
}

/** An answer as it is compared: that there is an error counts, not its words; addresses do not. */
function shown({ text, data, error, skip }: Answer): string {
  if (skip !== undefined) return "?";
  if (error !== undefined) return "error";
  const written = JSON.stringify(text ?? data).replaceAll(/ at 0x[0-9a-f]+/g, " at 0x…");
  // A set of texts has another order in each process.
  return written.replaceAll(/\{('[^{}:]*')\}/g, (_, items: string) => `{${items.split(", ").sort().join(", ")}}`);
}

async function main(args: readonly string[]): Promise<number> {
  const short = args.includes("--short");
  const releases = args.filter((argument) => !argument.startsWith("-"));
  if (releases.length === 0) {
    console.log("usage: npm run salt:compare -- [--short] 3006.30 3007.17 3008.5");
    return 2;
  }
  const profile = loadProfile(profileName, root);
  const cases = [...sharedCases(short), ...generatedCases(short)];
  let differences = 0;
  for (const release of releases) {
    const answers = await theirs(release, cases, profile);
    let compared = 0;
    for (const one of cases) {
      const salt = answers.get(one.id) ?? { skip: "no answer" };
      const own = ours(one, profile, release);
      if (salt.skip !== undefined || own.skip !== undefined) continue;
      compared += 1;
      if (shown(salt) === shown(own)) continue;
      differences += 1;
      const said = (answer: Answer) => answer.error ?? shown(answer);
      console.log(`${release} ${one.id}: ${JSON.stringify(one.kind === "definition" ? "" : one.text)}`);
      console.log(`  Salt    ${said(salt).slice(0, 300)}\n  Winrepo ${said(own).slice(0, 300)}`);
    }
    console.log(`Salt ${release}: ${compared} of ${cases.length} cases compared.`);
  }
  console.log(`${differences} differences.`);
  return differences === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
