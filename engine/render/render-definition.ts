import { type Profile, saltVersionOf } from "../config/profile.js";
import { type Problem, type Span, stoppedAt, type Undecided } from "../problem.js";
import { firstReleases } from "../salt-version/features.js";
import { SaltRelease } from "../salt-version/release.js";
import type { BudgetLimits } from "../template/budget.js";
import type { TemplateHost } from "../template/host.js";
import { renderTemplate } from "../template/index.js";
import type { SourceMap } from "../template/source-map.js";
import { baseName } from "../trim.js";
import { parseJson } from "../value/json.js";
import { Dict, type Value } from "../value/types.js";
import { loadYaml, loadYamlData } from "../yaml/index.js";
import type { YamlNode } from "../yaml/node.js";
import { definitionFacts } from "./context.js";
import { decodeUtf8 } from "./decode.js";
import type { FileServer } from "./file-server.js";
import { explainImport } from "./missing-import.js";
import { processDefinition, pythonTypeName } from "./process-definition.js";
import type { RenderedDefinition } from "./rendered.js";
import { isFormerRenderer, type RendererStage, rendererPipe } from "./renderer-pipe.js";
import { saltFunctions } from "./salt-functions.js";
import type { TargetQuestion } from "./target-questions.js";

export interface RenderDefinitionOptions {
  /** The file's place: shown in messages, and the template's `tplpath`; its last part is `tplfile`. */
  readonly path: string;
  readonly profile: Profile;
  /** Where imports come from. Without one, each import is a template that is not found. */
  readonly fileServer?: FileServer;
  /** Default `base`. */
  readonly saltenv?: string;
  /** The minion's option `renderer`; default `jinja|yaml`. */
  readonly renderer?: string;
  /** Data only: no ranges, no source map. What genrepo needs, and faster. */
  readonly dataOnly?: boolean;
  /** What the template may use; see `defaultLimits`. */
  readonly limits?: Partial<BudgetLimits>;
  /** Whether an earlier file defined a package already (salt-reference §2.4). */
  readonly isDefined?: (packageName: Value) => boolean;
}

/**
 * What genrepo makes of one file under one profile (salt-reference §2.4 to §2.6; salt.template.compile_template and
 * win_pkg._repo_process_pkg_sls). Never throws.
 *
 * `problems` holds what the stages found (encoding, `#!` line, Jinja, YAML), located in the source. What genrepo then
 * says of the data is in `status` and `messages`; finding its place is the linter's work.
 * @param source the file's bytes, or its text
 */
export function renderDefinition(source: string | Uint8Array, options: RenderDefinitionOptions): RenderedDefinition {
  const decoded = typeof source === "string" ? { text: source } : decodeUtf8(source);
  if ("failure" in decoded) {
    const { message, position } = decoded.failure;
    const problem: Problem = {
      code: "not-utf8",
      severity: "error",
      message: `The file is not UTF-8: ${message.replace(/^'utf-8' codec can't decode /, "")}. Salt cannot read it; save it as UTF-8.`,
      // Shown on the bytes as Latin-1: one character each.
      range: { start: position, end: position + 1 },
      line: 1 + lineBreaksBefore(source as Uint8Array, position),
      exception: "UnicodeDecodeError",
    };
    return finish(options, { text: "", problems: [problem], failure: `Failed to read, ${message} ` });
  }
  const release = new SaltRelease(saltVersionOf(options.profile));
  return finish(options, runPipe(decoded.text, { ...options, release }), release);
}

/** As which Salt the file is rendered. */
type RunOptions = RenderDefinitionOptions & { readonly release: SaltRelease };

/** What the stages of the pipe gave. */
interface PipeResult {
  /** The text after the template stage. */
  readonly text: string;
  readonly data?: Value;
  readonly root?: YamlNode | undefined;
  readonly sourceMap?: SourceMap | undefined;
  readonly problems: readonly Problem[];
  readonly imports?: readonly string[];
  readonly questions?: readonly TargetQuestion[];
  /** Salt's message when a stage raised. */
  readonly failure?: string;
}

function finish(options: RenderDefinitionOptions, result: PipeResult, release?: SaltRelease): RenderedDefinition {
  const base = {
    path: options.path,
    profile: options.profile.name,
    rendered: result.text,
    data: result.data,
    root: result.root,
    sourceMap: result.sourceMap,
    problems: result.problems,
    imports: result.imports ?? [],
    asked: [...(release?.asked ?? [])],
    ...(result.questions?.length && { questions: result.questions }),
  };
  if (result.failure !== undefined) {
    return { ...base, status: "error", messages: [result.failure], repo: new Dict(), nameMap: new Dict() };
  }
  const { status, messages, repo, nameMap } = processDefinition(result.data ?? new Dict(), options.isDefined);
  return { ...base, status, messages, repo, nameMap };
}

function runPipe(source: string, options: RunOptions): PipeResult {
  if (source.trim() === "") return { text: source, data: new Dict(), problems: [] };
  const pipe = rendererPipe(source, options.renderer, options.release);
  if (pipe.unknown !== undefined) {
    const isFormer = isFormerRenderer(pipe.unknown);
    const since = isFormer ? `Since Salt ${firstReleases("fewer-renderers")} there is` : "There is";
    const problem: Problem = {
      ...shebangProblem(
        source,
        "unknown-renderer",
        `${since} no renderer '${pipe.unknown}'. Salt then runs none, takes the file for an empty one, and its packages are silently missing.`,
      ),
      severity: isFormer ? "warning" : "error",
    };
    return { text: "", data: new Dict(), problems: [problem] };
  }
  if (pipe.stages.length > mostStages) {
    const message = stoppedAt(`The #! line names more than ${mostStages} renderers.`);
    return undecidedResult(shebangProblem(source, "renderer-not-run", message), "limit");
  }
  let result: PipeResult = { text: source, problems: [] };
  let input: Value = source;
  for (const stage of pipe.stages) {
    result = runStage(stage, input, result, source, options);
    if (result.failure !== undefined) return result;
    input = result.data ?? result.text;
  }
  return result;
}

/** Each stage goes over the whole text, and nobody has use for more than three. */
const mostStages = 16;

function undecidedResult(found: Problem, undecided: Undecided): PipeResult {
  const problem: Problem = { ...found, severity: "warning", undecided };
  return { text: "", problems: [problem], failure: undecidedMessage(problem) };
}

/** Runs one renderer on what the one before it gave. */
function runStage(
  stage: RendererStage,
  input: Value,
  before: PipeResult,
  source: string,
  options: RunOptions,
): PipeResult {
  const refuse = (code: string, message: string, failure: string): PipeResult => ({
    ...before,
    problems: [...before.problems, shebangProblem(source, code, message)],
    failure,
  });
  if (typeof input !== "string" && stage.renderer !== "gpg") {
    const reason = `'${pythonName(input)}' object has no attribute 'read'`;
    return refuse(
      "renderer-order",
      `The renderer '${stage.renderer}' stands behind one that has already made data of the text. Salt fails with: ${reason}.`,
      `Failed to read, ${reason} `,
    );
  }
  switch (stage.renderer) {
    case "jinja":
      if (stage.argument !== "" && stage.argument !== "-s") {
        const reason = `Unknown renderer option: ${stage.argument}`;
        return refuse(
          "renderer-option",
          `The renderer 'jinja' takes no option '${stage.argument}'.`,
          `Failed to compile, ${reason} `,
        );
      }
      return renderJinja(input as string, before, options);
    case "yaml":
      return readYaml(input as string, before, options);
    case "json":
      return readJson(input as string, before);
    case "gpg":
      if (!source.includes("-----BEGIN PGP MESSAGE-----")) return before;
  }
  const problem: Problem = {
    ...shebangProblem(
      source,
      "renderer-not-run",
      `The renderer '${stage.renderer}' is not run here: Winrepo reads jinja, yaml and json.`,
    ),
    severity: "warning",
    undecided: "not-run",
  };
  return { ...before, problems: [...before.problems, problem], failure: undecidedMessage(problem) };
}

/** What stands in the place of Salt's message where Salt's is not known. */
function undecidedMessage({ undecided, message }: Problem): string | undefined {
  return undecided && `${message} What Salt would do is not known.`;
}

function renderJinja(text: string, before: PipeResult, options: RunOptions): PipeResult {
  const file = { absolute: options.path, name: baseName(options.path) };
  const facts = definitionFacts(options.profile, file, templateSaltenv(options));
  const functions = saltFunctions(options.profile, facts);
  const host: TemplateHost = {
    loadTemplate(name) {
      const found = options.fileServer?.read(name);
      return found === undefined ? undefined : { path: name, source: found };
    },
    hasSalt: (name) => functions.has(name),
    callSalt: (name, args, kwargs, meter) => functions.call(name, args, kwargs, meter),
  };
  const rendered = renderTemplate(text, {
    context: facts.variables,
    host,
    salt: options.release,
    map: !options.dataOnly,
    windowsNewlines: text.includes("\r\n"),
    ...(options.limits && { limits: options.limits }),
  });
  const problems = [...before.problems, ...rendered.problems.map((problem) => explainImport(problem, options))];
  const raised = rendered.problems.find(({ severity, undecided }) => severity === "error" || undecided);
  const failure = raised && (undecidedMessage(raised) ?? `Failed to compile, ${raised.salt ?? raised.message} `);
  return {
    text: rendered.text,
    sourceMap: rendered.sourceMap,
    imports: rendered.imports,
    questions: functions.questions,
    problems,
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Old releases rendered every definition as one of `base`. */
function templateSaltenv({ saltenv = "base", release }: RunOptions): string {
  return saltenv === "base" || release.has("template-saltenv") ? saltenv : "base";
}

function readYaml(text: string, before: PipeResult, options: RunOptions): PipeResult {
  const loaded = options.dataOnly
    ? { ...loadYamlData(text, options.release), root: undefined }
    : loadYaml(text, options.release);
  const toSource = (range: Span) => before.sourceMap?.toSource(range) ?? range;
  const found = loaded.problems.map((problem) => ({ ...problem, range: toSource(problem.range) }));
  const result = { ...before, root: loaded.root, problems: [...before.problems, ...found] };
  const raised = loaded.problems.find((problem) => problem.severity === "error");
  if (raised || loaded.data === undefined) {
    const failure = raised && (undecidedMessage(raised) ?? raised.salt);
    return { ...result, failure: failure ?? `Failed to compile, ${raised?.message ?? "no data"} ` };
  }
  return { ...result, data: loaded.data };
}

/** Salt's json renderer skips a `#!` line, and takes a blank text for an empty mapping. */
function readJson(text: string, before: PipeResult): PipeResult {
  const start = text.startsWith("#!") ? text.indexOf("\n") + 1 : 0;
  const json = text.slice(start);
  if (json.trim() === "") return { ...before, data: new Dict() };
  const loaded = parseJson(json);
  if ("data" in loaded) return { ...before, data: loaded.data };
  const { message } = loaded;
  const offset = start + loaded.offset;
  const at = { start: offset, end: Math.min(offset + 1, text.length) };
  const problem: Problem = {
    code: "json-syntax",
    severity: "error",
    message: `JSON: ${message}. Salt skips the whole file.`,
    range: before.sourceMap?.toSource(at) ?? at,
    line: text.slice(0, offset).split("\n").length,
    exception: "JSONDecodeError",
  };
  return { ...before, problems: [...before.problems, problem], failure: `Failed to read, ${message} ` };
}

function shebangProblem(source: string, code: string, message: string): Problem {
  const end = source.search(/[\r\n]|$/);
  return { code, severity: "error", message, range: { start: 0, end }, line: 1 };
}

function pythonName(value: Value): string {
  return value instanceof Dict ? "collections.OrderedDict" : pythonTypeName(value);
}

function lineBreaksBefore(bytes: Uint8Array, end: number): number {
  let count = 0;
  for (let index = 0; index < end; index++) if (bytes[index] === 10) count++;
  return count;
}
