import { repr } from "../../value/repr.js";
import { PyError, PyObject, type Value } from "../../value/types.js";
import type { TemplateHost } from "../host.js";
import { type Args, Callable, type EvalContext, type Kwargs, NativeFunction } from "../runtime.js";

/** The variable `salt`: `salt['m.f'](…)`, `salt.m.f(…)`, `'m.f' in salt`, `salt.get('m.f')` (salt.utils.templates.AliasedLoader). */
export class SaltProxy extends PyObject {
  readonly typeName = "AliasedLoader";

  readonly #host: TemplateHost;

  constructor(host: TemplateHost) {
    super();
    this.#host = host;
  }

  override get module(): string {
    return "salt.utils.templates";
  }

  override contains(item: Value): boolean {
    return typeof item === "string" && this.#find(item) !== undefined;
  }

  override item(key: Value): Value {
    const found = typeof key === "string" ? this.#find(key) : undefined;
    if (found === undefined) throw new PyError("KeyError", repr(key));
    return found;
  }

  override attribute(name: string): Value | undefined {
    if (name === "get") {
      return new NativeFunction("get", "constant", (_, args) => {
        const key = args[0] ?? null;
        return (typeof key === "string" ? this.#find(key) : undefined) ?? args[1] ?? null;
      });
    }
    return name.includes(".") ? undefined : new SaltModule(name, this.#host);
  }

  #find(name: string): Value | undefined {
    return this.#host.hasSalt?.(name) ? new SaltFunction(name, this.#host) : undefined;
  }
}

class SaltModule extends PyObject {
  readonly typeName = "LoadedMod";

  readonly #name: string;
  readonly #host: TemplateHost;

  constructor(name: string, host: TemplateHost) {
    super();
    this.#name = name;
    this.#host = host;
  }

  override get module(): string {
    return "salt.loader.lazy";
  }

  override attribute(name: string): Value | undefined {
    const full = `${this.#name}.${name}`;
    return this.#host.hasSalt?.(full) ? new SaltFunction(full, this.#host) : undefined;
  }
}

class SaltFunction extends Callable {
  readonly typeName = "LoadedFunc";
  // The host charges what it answers.
  readonly cost = "constant";

  readonly #host: TemplateHost;

  constructor(
    readonly name: string,
    host: TemplateHost,
  ) {
    super();
    this.#host = host;
  }

  override get module(): string {
    return "salt.loader.lazy";
  }

  override equals(other: Value): boolean {
    return other instanceof SaltFunction && other.name === this.name;
  }

  protected override run(context: EvalContext, args: Args, kwargs: Kwargs): Value {
    if (!this.#host.callSalt) throw new PyError("KeyError", repr(this.name));
    return this.#host.callSalt(this.name, args, kwargs, context.budget);
  }
}
