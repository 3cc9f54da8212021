import type { Problem } from "../problem.js";
import { SaltRelease } from "../salt-version/release.js";
import { fromJson } from "../value/convert.js";
import { atExpenseOf } from "../value/meter.js";
import { Dict, type Json, type PyError, type Value } from "../value/types.js";
import { Budget, BudgetError, type BudgetLimits, defaultLimits } from "./budget.js";
import { UnpackError } from "./evaluate/assign.js";
import { compileTemplate } from "./evaluate/compile-template.js";
import { LocatedError } from "./evaluate/located-error.js";
import { OutputMap } from "./evaluate/mapped-output.js";
import { Origins } from "./evaluate/origins.js";
import { Output } from "./evaluate/output.js";
import { type CompiledTemplate, Rendering, type RenderingShared } from "./evaluate/rendering.js";
import { runTemplate } from "./evaluate/run-template.js";
import { SaltProxy } from "./evaluate/salt-proxy.js";
import { Scope } from "./evaluate/scope.js";
import { compileRecent } from "./evaluate/template-cache.js";
import { TemplateStore } from "./evaluate/template-store.js";
import type { Fault, FaultCode } from "./fault.js";
import { problemsOf } from "./fault-problem.js";
import { globals } from "./globals/index.js";
import { noHost, type TemplateHost } from "./host.js";
import { NotRunError } from "./runtime.js";
import type { SourceMap } from "./source-map.js";
import { fileSyntax } from "./syntax/file-syntax.js";
import { settingsFromOptions } from "./syntax/settings.js";

export interface RenderTemplateOptions {
  /** The template's variables: plain JSON (whole numbers are ints, others floats), or values. */
  readonly context?: { readonly [name: string]: Json } | Dict;
  /** Answers `salt[…]` and imports. Without one `salt` has no functions, and there is no other template. */
  readonly host?: TemplateHost;
  /** Whether to make a source map; default true. */
  readonly map?: boolean;
  /** Line breaks of the output as in a source written on Windows (salt.template.compile_template). */
  readonly windowsNewlines?: boolean;
  readonly limits?: Partial<BudgetLimits>;
  /** The release of Salt that it is rendered as; it says afterwards what it was asked. Default: the newest 3007. */
  readonly salt?: SaltRelease;
}

export interface RenderedTemplate {
  /** What was rendered, up to the error when there is one. */
  readonly text: string;
  readonly problems: readonly Problem[];
  /** Undefined when none was asked for. */
  readonly sourceMap: SourceMap | undefined;
  /** Paths of the templates that imports asked for, also where there is none. */
  readonly imports: readonly string[];
}

/** Renders Jinja as Salt sets it up (salt-reference §3). Never throws; runs no code of the template's author. */
export function renderTemplate(source: string, options: RenderTemplateOptions = {}): RenderedTemplate {
  const { host = noHost, map = true, salt = new SaltRelease() } = options;
  const budget = new Budget({ ...defaultLimits, ...options.limits });
  const variables = contextOf(options.context);
  const opts = variables.get("opts");
  const syntax = fileSyntax(source, settingsFromOptions(opts), salt);
  const { settings, header } = syntax;
  const store = new TemplateStore(host, (imported) => compileTemplate(imported, { settings, header: undefined }, salt));
  const shared: RenderingShared = {
    budget,
    host,
    salt,
    newline: settings.newlineSequence,
    mapped: map,
    origins: new Origins(),
    store,
    modules: new Map(),
    lenient: opts instanceof Dict && opts.get("allow_undefined") === true,
  };
  const base = new Scope(builtIns);
  for (const [name, value] of variables) if (typeof name === "string") base.set(name, value);
  if (variables.get("salt") === undefined) base.set("salt", new SaltProxy(host));
  const main = new Rendering(shared, undefined, source, base);
  const output = new Output(map);
  const faults = run(compileRecent(source, syntax, salt), main, output);
  restoreTrailingNewline(source, faults, main, output);
  const printed = options.windowsNewlines && !output.text.includes("\r\n") ? output.withWindowsNewlines() : output;
  return {
    text: printed.text,
    problems: problemsOf(faults, header ? source.slice(0, header.start) + source.slice(header.end) : source),
    sourceMap: map ? new OutputMap(printed, source) : undefined,
    imports: store.paths,
  };
}

const builtIns = new Scope();
for (const [name, value] of globals) builtIns.set(name, value);

/** The variables that Salt gives every template of winrepo (salt-reference §3.2), as far as the caller does not. */
function contextOf(context: RenderTemplateOptions["context"]): Dict {
  const given = context instanceof Dict ? context : (fromJson((context ?? {}) as { [name: string]: Json }) as Dict);
  const variables = Dict.from([
    ...["grains", "pillar", "opts"].map((name): [string, Value] => [name, new Dict()]),
    ["saltenv", "base"],
    ["tpldir", "."],
    ...plainNames.map((name): [string, Value] => [name, ""]),
  ]);
  for (const [name, value] of given) variables.set(name, value);
  return variables;
}

const plainNames = ["sls", "tpldot", "slspath", "slsdotpath", "slscolonpath", "sls_path"];

function run(template: CompiledTemplate, main: Rendering, output: Output): readonly Fault[] {
  if (template.faults.length > 0) return untilLimit(template.faults);
  try {
    atExpenseOf(main.budget, () => runTemplate(template, main, main.base, output));
    return [];
  } catch (error) {
    if (error instanceof LocatedError) return [faultOf(error, main)];
    if (error instanceof RangeError) return [stackFault(main)];
    throw error;
  }
}

/** Behind a limit nothing is known any more. */
function untilLimit(faults: readonly Fault[]): readonly Fault[] {
  const limit = faults.findIndex(({ code }) => code === "jinja-budget");
  return limit < 0 ? faults : faults.slice(0, limit + 1);
}

/** An error in an imported template is shown where the file itself loads it. */
function faultOf({ error, place, line, file }: LocatedError, main: Rendering): Fault {
  const { start, end } = file === undefined ? place : main.at;
  const code = codeOf(error);
  return {
    code,
    exception: error.type,
    message: error.message,
    range: { start, end },
    ...(file === undefined ? { line } : { line: main.line, imported: { path: file, line } }),
  };
}

/** Deep recursion in our own stack: a template that nests too far. */
function stackFault({ at, line }: Rendering): Fault {
  const message = "The template nests deeper than there is room for.";
  return { code: "jinja-budget", exception: "BudgetError", message, range: { start: at.start, end: at.end }, line };
}

function codeOf(error: PyError): FaultCode {
  if (error instanceof BudgetError) return "jinja-budget";
  if (error instanceof NotRunError) return "jinja-not-run";
  if (error instanceof UnpackError) return "jinja-unpack-mismatch";
  switch (error.type) {
    case "UndefinedError":
      return "jinja-undefined";
    case "SecurityError":
      return "jinja-security";
    case "TemplateNotFound":
    case "TemplatesNotFound":
      return "jinja-template-not-found";
    case "TemplateSyntaxError":
      return "jinja-syntax";
    default:
      return "jinja-runtime";
  }
}

/** Jinja drops the last line break of a template; Salt puts it back. */
function restoreTrailingNewline(source: string, faults: readonly Fault[], main: Rendering, output: Output): void {
  if (faults.length > 0 || !source.endsWith("\n")) return;
  const start = source.length - (source.endsWith("\r\n") ? 2 : 1);
  output.literal("\n", { start, end: source.length }, undefined, main.frames);
}
