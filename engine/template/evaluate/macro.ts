import { Markup } from "../../value/markup.js";
import { repr } from "../../value/repr.js";
import { Dict, PyError, Tuple, type Value } from "../../value/types.js";
import { type Args, Callable, type EvalContext, type Kwargs } from "../runtime.js";
import type { Signature, Statement } from "../syntax/nodes.js";
import { walk } from "../syntax/visit.js";
import { compileExpression, type Evaluate } from "./compile-expression.js";
import type { Execute } from "./compile-statement.js";
import { located } from "./located-error.js";
import { Output } from "./output.js";
import { Rendering } from "./rendering.js";
import { Scope } from "./scope.js";

/** A macro or the body of a call block, made ready to be called in any scope. */
export interface CompiledMacro {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly initial: Evaluate | undefined }[];
  readonly body: Execute;
  /** Whether the body asks for `caller`, `kwargs` and `varargs`: only then are such arguments taken. */
  readonly uses: { readonly caller: boolean; readonly kwargs: boolean; readonly varargs: boolean };
}

export function compileMacro(
  name: string,
  signature: Signature,
  statements: readonly Statement[],
  body: Execute,
): CompiledMacro {
  const first = signature.parameters.length - signature.defaults.length;
  const parameters = signature.parameters.map((parameter, index) => {
    const initial = signature.defaults[index - first];
    return { name: parameter.name, initial: initial && compileExpression(initial) };
  });
  const own = new Set(parameters.map((parameter) => parameter.name));
  const read = new Set<string>();
  for (const statement of statements) {
    for (const [node] of walk(statement)) if (node.kind === "name" && node.context === "load") read.add(node.name);
  }
  const reads = (special: string) => read.has(special) && !own.has(special);
  const uses = {
    caller: read.has("caller"),
    kwargs: reads("kwargs"),
    varargs: reads("varargs"),
  };
  return { name, parameters, body, uses };
}

/** jinja2.runtime.Macro */
export class Macro extends Callable {
  readonly typeName = "Macro";

  constructor(
    private readonly compiled: CompiledMacro,
    private readonly rendering: Rendering,
    /** Where it was defined: the names there are seen as they are when it is called. */
    private readonly scope: Scope,
  ) {
    super();
  }

  get name(): string {
    return this.compiled.name;
  }

  override get module(): string {
    return "jinja2.runtime";
  }

  override repr(): string {
    return this.name === "" ? "<Macro anonymous>" : `<Macro ${repr(this.name)}>`;
  }

  override attribute(name: string): Value | undefined {
    const { parameters, uses } = this.compiled;
    if (name === "name") return this.name;
    if (name === "arguments") return new Tuple(parameters.map((parameter) => parameter.name));
    if (name === "caller") return uses.caller;
    if (name === "catch_kwargs") return uses.kwargs;
    return name === "catch_varargs" ? uses.varargs : undefined;
  }

  override call(context: EvalContext, args: Args, kwargs: Kwargs): Value {
    const { rendering } = this;
    const caller = context instanceof Rendering ? context : rendering;
    const scope = new Scope(this.scope);
    const given = this.bind(args, kwargs, scope);
    const output = new Output(rendering.mapped);
    const { line, frames, at, scope: outer, autoescape } = rendering;
    if (rendering.mapped) {
      const source = { start: caller.at.start, end: caller.at.end };
      const place = caller.file === undefined ? source : { ...source };
      rendering.frames = [
        ...caller.frames,
        caller.file === undefined
          ? { kind: "macro", source: place }
          : { kind: "macro", source: place, file: caller.file },
      ];
    }
    rendering.autoescape = caller.autoescape;
    return located(rendering, () =>
      rendering.budget.nested(() => {
        this.setDefaults(given, scope);
        this.compiled.body(rendering, scope, output);
        rendering.line = line;
        rendering.at = at;
        rendering.frames = frames;
        rendering.scope = outer;
        rendering.autoescape = autoescape;
        const { text } = output;
        caller.lastRendered = { text, output };
        return caller.autoescape ? new Markup(text) : text;
      }),
    );
  }

  /** Takes the arguments that were given into the scope; answers the names of those that were not. */
  private bind(args: Args, kwargs: Kwargs, scope: Scope): ReadonlySet<string> {
    const { parameters, uses } = this.compiled;
    const rest = new Map(kwargs);
    const missing = new Set<string>();
    for (const [index, { name }] of parameters.entries()) {
      const positional = args[index];
      const value = positional ?? rest.get(name);
      if (positional === undefined) rest.delete(name);
      if (value === undefined) missing.add(name);
      else scope.set(name, value);
    }
    const declaresCaller = parameters.some(({ name }) => name === "caller");
    if (uses.caller && !declaresCaller) {
      const caller = rest.get("caller");
      rest.delete("caller");
      scope.set("caller", caller ?? this.rendering.undefined({ hint: "No caller defined", name: "caller" }));
    }
    if (uses.kwargs) {
      scope.set("kwargs", Dict.from(rest));
    } else if (rest.size > 0) {
      throw new PyError("TypeError", this.unexpectedKeyword(rest));
    }
    if (uses.varargs) {
      scope.set("varargs", new Tuple(args.slice(parameters.length)));
    } else if (args.length > parameters.length) {
      throw new PyError("TypeError", `macro ${repr(this.name)} takes not more than ${parameters.length} argument(s)`);
    }
    return missing;
  }

  private unexpectedKeyword(rest: ReadonlyMap<string, Value>): string {
    if (rest.has("caller")) {
      return `macro ${repr(this.name)} was invoked with two values for the special caller argument. This is most likely a bug.`;
    }
    return `macro ${repr(this.name)} takes no keyword argument ${repr([...rest.keys()][0] ?? "")}`;
  }

  private setDefaults(missing: ReadonlySet<string>, scope: Scope): void {
    for (const { name, initial } of this.compiled.parameters) {
      if (!missing.has(name)) continue;
      const hint = `parameter ${repr(name)} was not provided`;
      scope.set(name, initial ? initial(this.rendering, scope) : this.rendering.undefined({ hint, name }));
    }
  }
}
