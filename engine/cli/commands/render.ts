import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Command, Option } from "commander";
import { stringify } from "yaml";
import type { Profile } from "../../config/profile.js";
import { loadProfile, ProfileError } from "../../config/profile-loader.js";
import { DiskFileServer, repositoryMounts } from "../../render/file-server.js";
import { renderDefinition } from "../../render/render-definition.js";
import type { RenderedDefinition } from "../../render/rendered.js";
import { discoverDefinitions } from "../../repo/discover.js";
import { toJson } from "../../value/convert.js";
import type { Json } from "../../value/types.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";

type Stage = "jinja" | "yaml" | "definition";

interface RenderOptions {
  readonly profile: string;
  readonly stage: Stage;
  readonly json?: boolean;
}

export const renderCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    program
      .command("render")
      .summary("show what Salt makes of definitions")
      .description(
        "Shows what a machine makes of definitions: the text after Jinja, the data after YAML, or what genrepo stores.",
      )
      .argument("<path...>", "definitions, or folders of them")
      .option("-p, --profile <name|file>", "the machine to render for", "windows-amd64")
      .addOption(
        new Option("--stage <stage>", "how far to go").choices(["jinja", "yaml", "definition"]).default("definition"),
      )
      .option("--json", "print {file: …} as JSON")
      .action(run((paths: string[], options: RenderOptions) => render(paths, options, io)));
  },
};

async function render(paths: readonly string[], options: RenderOptions, io: CliIo): Promise<ExitStatus> {
  const profile = profileNamed(options.profile, io.cwd);
  const results = new Map<string, RenderedDefinition>();
  for (const named of paths) {
    for (const file of await filesOf(named, io)) {
      io.signal.throwIfAborted();
      results.set(file.shown, await renderFile(file, profile));
    }
  }
  const failed = [...results.values()].some(({ status }) => status !== "ok");
  if (options.json) io.stdout.write(`${JSON.stringify(asJson(results, options.stage), null, 2)}\n`);
  else for (const [name, result] of results) printText(name, result, options.stage, results.size > 1, io);
  return failed ? 1 : 0;
}

function profileNamed(name: string, cwd: string): Profile {
  try {
    return loadProfile(name, cwd);
  } catch (error) {
    throw error instanceof ProfileError ? new UsageError(error.message) : error;
  }
}

interface NamedFile {
  /** Relative to the folder that was named; as it was named when it was a file. */
  readonly shown: string;
  readonly absolute: string;
  /** The repository's folder, for imports. */
  readonly folder: string;
}

async function filesOf(named: string, io: CliIo): Promise<NamedFile[]> {
  const absolute = path.resolve(io.cwd, named);
  const status = await stat(absolute).catch(() => {
    throw new UsageError(`${named}: no such file or folder`);
  });
  if (!status.isDirectory()) return [{ shown: named, absolute, folder: path.dirname(absolute) }];
  const { files } = await discoverDefinitions(absolute, { signal: io.signal });
  if (files.length === 0) io.stderr.write(`winrepo: ${named}: no .sls files in this folder\n`);
  return files.map((file) => ({ shown: file.path, absolute: file.absolute, folder: absolute }));
}

const sizeLimit = 20 * 1024 * 1024;

async function renderFile(file: NamedFile, profile: Profile): Promise<RenderedDefinition> {
  const fileServer = new DiskFileServer(repositoryMounts(file.folder));
  const { size } = await stat(file.absolute);
  if (size > sizeLimit) throw new UsageError(`${file.shown}: larger than 20 MB, which is no package definition`);
  return renderDefinition(await readFile(file.absolute), { path: file.absolute, profile, fileServer });
}

function asJson(results: ReadonlyMap<string, RenderedDefinition>, stage: Stage): Json {
  return Object.fromEntries([...results].map(([name, result]) => [name, fileJson(result, stage)]));
}

function fileJson(result: RenderedDefinition, stage: Stage): Json {
  const problems = result.problems.map(({ range, ...problem }) => ({ ...problem, range: { ...range } })) as Json;
  if (stage === "jinja") return { rendered: result.rendered, problems };
  if (stage === "yaml") return { data: result.data === undefined ? null : toJson(result.data), problems };
  return {
    status: result.status,
    messages: [...result.messages],
    repo: toJson(result.repo),
    name_map: toJson(result.nameMap),
    rendered: result.rendered,
    problems,
  };
}

function printText(name: string, result: RenderedDefinition, stage: Stage, several: boolean, io: CliIo): void {
  if (several) io.stdout.write(`# ${name}\n`);
  if (stage === "jinja") io.stdout.write(result.rendered);
  else if (stage === "yaml") io.stdout.write(result.data === undefined ? "" : stringify(toJson(result.data)));
  else if (result.repo.size > 0) io.stdout.write(stringify(toJson(result.repo)));
  for (const message of result.messages) io.stderr.write(`${name}: ${message.trimEnd()}\n`);
  if (result.status === "abort") {
    io.stderr.write(`${name}: this exception escapes in Salt: pkg.refresh_db stops, and no database is written\n`);
  }
}
