import path from "node:path";
import { type Command, Option } from "commander";
import { NotFinished } from "../../render/render-host.js";
import type { RenderedDefinition } from "../../render/rendered.js";
import { readDefinition, UnreadableFile } from "../../repo/read-definition.js";
import { toJson } from "../../value/convert.js";
import type { Json } from "../../value/types.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { foldersWithout, mountsOf, type NamedFile, namedFiles, slashes } from "../lint/files.js";
import { profileNamed, projectAt } from "../repo/common.js";

type Stage = "jinja" | "yaml" | "definition";

interface RenderOptions {
  readonly profile?: string;
  readonly stage: Stage;
  readonly json?: boolean;
  readonly exclude: boolean;
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
      .option("-p, --profile <name|file>", "the machine to render for (default: the project's first profile)")
      .addOption(
        new Option("--stage <stage>", "how far to go").choices(["jinja", "yaml", "definition"]).default("definition"),
      )
      .option("--no-exclude", "render also what the project file excludes")
      .option("--json", "print {file: …} as JSON")
      .action(run((paths: string[], options: RenderOptions) => render(paths, options, io)));
  },
};

async function render(paths: readonly string[], options: RenderOptions, io: CliIo): Promise<ExitStatus> {
  const project = projectAt(path.resolve(io.cwd, paths[0] ?? ""), io);
  const profile = profileNamed(options.profile ?? project.profiles[0] ?? "windows-amd64", project, io.cwd);
  const mounts = mountsOf(project);
  const results = new Map<string, RenderedDefinition>();
  let unreadable = false;
  const files = await namedFiles(paths, project, io, options.exclude ? "all" : "none");
  for (const folder of await foldersWithout(files, paths, io)) {
    io.stderr.write(`winrepo: ${folder}: no .sls files in this folder\n`);
  }
  for (const file of files) {
    io.signal.throwIfAborted();
    try {
      const document = { path: file.absolute, source: await readDefinition(file.absolute) };
      const rendered = await io.renderHost.render(document, profile, { mounts: mounts(file.folder) }, io.signal);
      io.signal.throwIfAborted();
      if (rendered instanceof NotFinished)
        throw new UnreadableFile("not finished, for it takes too much memory: nothing is known of it");
      results.set(nameOf(file), rendered);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      io.stderr.write(`winrepo: ${file.shown}: ${error.message}\n`);
      unreadable = true;
    }
  }
  if (options.json) io.stdout.json(asJson(results, options.stage));
  else for (const [name, result] of results) printText(name, result, options.stage, results.size > 1, io);
  return unreadable || [...results.values()].some(({ status }) => status !== "ok") ? 1 : 0;
}

/** Relative to the folder that was named; as it was named when it was a file. */
function nameOf(file: NamedFile): string {
  return file.named ? file.shown : slashes(path.relative(file.folder, file.absolute));
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
  else if (stage === "yaml" && result.data !== undefined) io.stdout.yaml(toJson(result.data));
  else if (stage !== "yaml" && result.repo.size > 0) io.stdout.yaml(toJson(result.repo));
  for (const message of result.messages) io.stderr.write(`${name}: ${message.trimEnd()}\n`);
  if (result.status === "abort") {
    io.stderr.write(`${name}: this exception escapes in Salt: pkg.refresh_db stops, and no database is written\n`);
  }
}
