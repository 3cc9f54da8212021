import { repr } from "../../value/repr.js";
import { PyError, PyObject, type Value } from "../../value/types.js";
import type { TemplateHost } from "../host.js";
import { type Args, Callable, type EvalContext, type Kwargs, NativeFunction } from "../runtime.js";

/** The variable `salt`: `salt['m.f'](…)`, `salt.m.f(…)`, `'m.f' in salt`, `salt.get('m.f')` (salt.utils.templates.AliasedLoader). */
export class SaltProxy extends PyObject {
  readonly typeName = "AliasedLoader";

  constructor(private readonly host: TemplateHost) {
    super();
  }

  override get module(): string {
    return "salt.utils.templates";
  }

  override contains(item: Value): boolean {
    return typeof item === "string" && this.find(item) !== undefined;
  }

  override item(key: Value): Value {
    const found = typeof key === "string" ? this.find(key) : undefined;
    if (found === undefined) throw new PyError("KeyError", repr(key));
    return found;
  }

  override attribute(name: string): Value | undefined {
    if (name === "get") {
      return new NativeFunction("get", (_, args) => {
        const key = args[0] ?? null;
        return (typeof key === "string" ? this.find(key) : undefined) ?? args[1] ?? null;
      });
    }
    return name.includes(".") ? undefined : new SaltModule(name, this.host);
  }

  private find(name: string): Value | undefined {
    return this.host.hasSalt?.(name) ? new SaltFunction(name, this.host) : undefined;
  }
}

class SaltModule extends PyObject {
  readonly typeName = "LoadedMod";

  constructor(
    private readonly name: string,
    private readonly host: TemplateHost,
  ) {
    super();
  }

  override get module(): string {
    return "salt.loader.lazy";
  }

  override attribute(name: string): Value | undefined {
    const full = `${this.name}.${name}`;
    return this.host.hasSalt?.(full) ? new SaltFunction(full, this.host) : undefined;
  }
}

class SaltFunction extends Callable {
  readonly typeName = "LoadedFunc";

  constructor(
    readonly name: string,
    private readonly host: TemplateHost,
  ) {
    super();
  }

  override get module(): string {
    return "salt.loader.lazy";
  }

  override equals(other: Value): boolean {
    return other instanceof SaltFunction && other.name === this.name;
  }

  override call(_context: EvalContext, args: Args, kwargs: Kwargs): Value {
    if (!this.host.callSalt) throw new PyError("KeyError", repr(this.name));
    return this.host.callSalt(this.name, args, kwargs);
  }
}
