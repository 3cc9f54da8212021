import { Markup } from "../../value/markup.js";
import { repr } from "../../value/repr.js";
import { Dict, PyError, Tuple, type Value } from "../../value/types.js";
import { type Args, Callable, type EvalContext, type Kwargs } from "../runtime.js";
import type { Signature, Statement } from "../syntax/nodes.js";
import { forEachNode } from "../syntax/visit.js";
import { compileBody } from "./compile-body.js";
import { compileExpression, type Evaluate } from "./compile-expression.js";
import type { CompileFrame } from "./compile-frame.js";
import { FrameChain } from "./frame-chain.js";
import { located } from "./located-error.js";
import type { ArgumentOrigins } from "./origins.js";
import { Output } from "./output.js";
import { type Execute, Rendering } from "./rendering.js";
import { Scope } from "./scope.js";

/** A macro or the body of a call block, made ready to be called in any scope. */
export interface CompiledMacro {
  /** A call block's has none. */
  readonly name: string | undefined;
  readonly line: number;
  readonly parameters: readonly { readonly name: string; readonly initial: Evaluate | undefined }[];
  readonly body: Execute;
  readonly unset: ReadonlySet<string> | undefined;
  /** Which of `caller`, `kwargs` and `varargs` the body asks for: only then are such arguments taken. */
  readonly uses: ReadonlySet<string>;
}

export function compileMacro(
  node: { readonly signature: Signature; readonly body: readonly Statement[]; readonly line: number },
  name: string | undefined,
  frame: CompileFrame,
): CompiledMacro {
  const { parameters, defaults } = node.signature;
  const own = new Set(parameters.map((parameter) => parameter.name));
  const uses = specialNames(node.body);
  for (const special of ["kwargs", "varargs"]) if (own.has(special)) uses.delete(special);
  const inside = frame.capturing((symbols) => {
    symbols.visit(...parameters, ...defaults);
    for (const special of uses) symbols.declare(special);
    symbols.visit(...node.body);
  });
  frame.mark(node.line);
  const first = parameters.length - defaults.length;
  return {
    name,
    line: node.line,
    parameters: parameters.map((parameter, index) => {
      const initial = defaults[index - first];
      return { name: parameter.name, initial: initial && compileExpression(initial) };
    }),
    body: compileBody(node.body, inside),
    unset: inside.unset,
    uses,
  };
}

/** Which special names a macro's body reads before it sets them itself. */
export function specialNames(body: readonly Statement[]): Set<string> {
  const pending = new Set(["caller", "kwargs", "varargs"]);
  const read = new Set<string>();
  for (const statement of body) {
    forEachNode(statement, (node) => {
      if (node.kind !== "name") return;
      if (node.context !== "load") pending.delete(node.name);
      else if (pending.has(node.name)) read.add(node.name);
    });
  }
  return read;
}

/** jinja2.runtime.Macro */
export class Macro extends Callable {
  readonly typeName = "Macro";
  // Its statements are counted one by one.
  readonly cost = "counted";

  readonly #compiled: CompiledMacro;
  readonly #rendering: Rendering;
  /** Where it was defined: the names there are seen as they are when it is called. */
  readonly #scope: Scope;

  constructor(compiled: CompiledMacro, rendering: Rendering, scope: Scope) {
    super();
    this.#compiled = compiled;
    this.#rendering = rendering;
    this.#scope = scope;
  }

  get name(): string {
    return this.#compiled.name ?? "";
  }

  get #shownName(): string {
    return repr(this.#compiled.name ?? null);
  }

  override get module(): string {
    return "jinja2.runtime";
  }

  override repr(): string {
    return `<Macro ${this.#compiled.name === undefined ? "anonymous" : this.#shownName}>`;
  }

  override attribute(name: string): Value | undefined {
    const { parameters, uses } = this.#compiled;
    if (name === "name") return this.#compiled.name ?? null;
    if (name === "arguments") return new Tuple(parameters.map((parameter) => parameter.name));
    if (name === "caller") return uses.has("caller");
    if (name === "catch_kwargs") return uses.has("kwargs");
    return name === "catch_varargs" ? uses.has("varargs") : undefined;
  }

  protected override run(context: EvalContext, args: Args, kwargs: Kwargs): Value {
    const rendering = this.#rendering;
    const caller = context instanceof Rendering ? context : rendering;
    const scope = new Scope(this.#scope, this.#compiled.unset);
    const missing = this.#bind(args, kwargs, scope, caller.provenance.argumentOrigins(args));
    const output = new Output(rendering.mapped);
    const { line, frames, at, scope: outer, autoescape } = rendering;
    if (rendering.mapped) rendering.frames = new FrameChain(caller.frames, "macro", caller.at, caller.file);
    rendering.autoescape = caller.autoescape;
    return located(rendering, () =>
      rendering.budget.nested(() => {
        rendering.line = this.#compiled.line;
        this.#setDefaults(missing, scope);
        this.#compiled.body(rendering, scope, output);
        rendering.line = line;
        rendering.at = at;
        rendering.frames = frames;
        rendering.scope = outer;
        rendering.autoescape = autoescape;
        const { text } = output;
        caller.provenance.noteCaptured(output);
        return caller.autoescape ? new Markup(text) : text;
      }),
    );
  }

  /** Takes the arguments of a call into the scope; answers the names of the parameters without one. */
  #bind(args: Args, kwargs: Kwargs, scope: Scope, origins: ArgumentOrigins | undefined): ReadonlySet<string> {
    const { parameters, uses } = this.#compiled;
    const rest = new Map(kwargs);
    const missing = new Set<string>();
    for (const [index, { name }] of parameters.entries()) {
      const positional = args[index];
      const value = positional ?? rest.get(name);
      if (positional === undefined) rest.delete(name);
      if (value === undefined) missing.add(name);
      else
        scope.set(
          name,
          value,
          origins && (positional === undefined ? origins.named.get(name) : origins.positional[index]),
        );
    }
    const declaresCaller = parameters.some(({ name }) => name === "caller");
    if (uses.has("caller") && !declaresCaller) {
      const caller = rest.get("caller");
      rest.delete("caller");
      scope.set("caller", caller ?? this.#rendering.undefined({ hint: "No caller defined", name: "caller" }));
    }
    if (uses.has("kwargs")) {
      scope.set("kwargs", Dict.from(rest));
    } else if (rest.size > 0) {
      throw new PyError("TypeError", this.#unexpectedKeyword(rest));
    }
    if (uses.has("varargs")) {
      scope.set("varargs", new Tuple(args.slice(parameters.length)));
    } else if (args.length > parameters.length) {
      throw new PyError("TypeError", `macro ${this.#shownName} takes not more than ${parameters.length} argument(s)`);
    }
    return missing;
  }

  #unexpectedKeyword(rest: ReadonlyMap<string, Value>): string {
    if (rest.has("caller")) {
      return `macro ${this.#shownName} was invoked with two values for the special caller argument. This is most likely a bug.`;
    }
    return `macro ${this.#shownName} takes no keyword argument ${repr([...rest.keys()][0] ?? "")}`;
  }

  #setDefaults(missing: ReadonlySet<string>, scope: Scope): void {
    for (const { name, initial } of this.#compiled.parameters) {
      if (!missing.has(name)) continue;
      const hint = `parameter ${repr(name)} was not provided`;
      scope.set(name, initial ? initial(this.#rendering, scope) : this.#rendering.undefined({ hint, name }));
    }
  }
}
