import type { Span } from "../../problem.js";
import type { SaltFeatureName } from "../../salt-version/features.js";
import type { SaltRelease } from "../../salt-version/release.js";
import { subscript } from "../../value/operators.js";
import { Dict, PyError, PyObject, typeName, type Value } from "../../value/types.js";
import type { Budget } from "../budget.js";
import { chargeCall } from "../cost.js";
import type { Fault } from "../fault.js";
import { filterOf } from "../filters/available.js";
import type { TemplateHost } from "../host.js";
import { attributeOf } from "../methods/attributes.js";
import {
  type Args,
  Callable,
  type EvalContext,
  type Kwargs,
  LenientUndefined,
  noKwargs,
  Undefined,
  type UndefinedOf,
} from "../runtime.js";
import type { Name } from "../syntax/nodes.js";
import { tests } from "../tests/index.js";
import type { FrameChain } from "./frame-chain.js";
import type { Imported } from "./module.js";
import type { Origin, Origins } from "./origins.js";
import type { Output } from "./output.js";
import { type Place, Provenance } from "./provenance.js";
import { hasPrivateAttribute, isInternal } from "./sandbox.js";
import type { Scope } from "./scope.js";

/** What a statement says to the loop around it. */
export const Flow = { next: 0, break: 1, continue: 2 } as const;
export type Flow = (typeof Flow)[keyof typeof Flow];

/** A statement made ready to run. */
export type Execute = (rendering: Rendering, scope: Scope, output: Output) => Flow;

export interface CompiledBlock {
  readonly name: string;
  readonly body: Execute;
  readonly unset: ReadonlySet<string> | undefined;
}

/** A template that was read once and can be run any number of times, with any context. */
export interface CompiledTemplate {
  readonly source: string;
  /** What Jinja's parser and compiler refuse; such a template is not run. */
  readonly faults: readonly Fault[];
  readonly body: Execute;
  /** Names that the template sets at its top before it reads them. */
  readonly unset: ReadonlySet<string> | undefined;
  readonly blocks: readonly CompiledBlock[];
  /** What compiling it asked the release of Salt. */
  readonly asked: ReadonlySet<SaltFeatureName>;
}

/** A template and the path below the file-server root that it was found at. */
export interface LoadedTemplate {
  readonly path: string;
  readonly template: CompiledTemplate;
}

/** The templates that a rendering imports (`TemplateStore`). */
export interface TemplateLoader {
  load(name: string, from: string | undefined): LoadedTemplate;
}

/** One definition of a block, in the template that it stands in. */
export interface BlockDefinition extends CompiledBlock {
  readonly rendering: Rendering;
}

/** The blocks of a template and of those that it extends (`BlockTable`). */
export interface Blocks {
  root: Scope;
  /** The variable `self`. */
  readonly self: Value;
  add(definition: BlockDefinition): void;
  require(name: string): void;
  render(name: string, depth: number, outer: Scope, output: Output): void;
}

/** What all templates of one rendering share: budget, host, places of literals. */
export interface RenderingShared {
  readonly budget: Budget;
  readonly host: TemplateHost;
  readonly salt: SaltRelease;
  readonly newline: string;
  readonly mapped: boolean;
  readonly origins: Origins;
  readonly store: TemplateLoader;
  /** Templates that were imported without context, by path. */
  readonly modules: Map<string, Imported>;
  /** The minion option `allow_undefined`: undefined values print as nothing. */
  readonly lenient: boolean;
}

/** The rendering of one template: the state that its closures work on. */
export class Rendering implements EvalContext {
  autoescape = false;
  /** The node that is being run. */
  at: Place = { start: 0, end: 0, line: 1 };
  /** The line of the statement or print that is being run: what Jinja names. */
  line = 1;
  /** The loops, macros and includes that are being run; for the map. */
  frames: FrameChain | undefined;
  /** Where the values that were made last came from. */
  readonly provenance: Provenance;
  #optionLists: ReadonlySet<Value> | undefined;
  scope: Scope | undefined;
  blocks: Blocks | undefined;
  /** The template that this one extends, once it has said so. */
  parent: LoadedTemplate | undefined;

  constructor(
    readonly shared: RenderingShared,
    /** The imported template's path; undefined for the file itself. */
    readonly file: string | undefined,
    /** Its text. */
    readonly source: string,
    /** The variables that the rendering was given. */
    readonly base: Scope,
  ) {
    this.provenance = new Provenance(shared.origins);
  }

  /** The rendering of a template that this one loads. */
  imported({ path, template }: LoadedTemplate): Rendering {
    const rendering = new Rendering(this.shared, path, template.source, this.base);
    rendering.autoescape = this.autoescape;
    rendering.frames = this.frames;
    return rendering;
  }

  get budget(): Budget {
    return this.shared.budget;
  }
  get host(): TemplateHost {
    return this.shared.host;
  }
  get salt(): SaltRelease {
    return this.shared.salt;
  }
  get newline(): string {
    return this.shared.newline;
  }
  get mapped(): boolean {
    return this.shared.mapped;
  }
  get origins(): Origins {
    return this.shared.origins;
  }

  /** A node as the place of a literal. */
  place(node: Span): Origin {
    const { start, end } = node;
    return this.file === undefined ? { start, end } : { start, end, file: this.file };
  }

  /** Where the error that was just raised is shown. */
  errorPlace(error: PyError): Place {
    return this.provenance.undefinedPlace(error) ?? this.at;
  }

  unknownName(node: Name): Value {
    if (node.name === "self" && this.blocks) return this.blocks.self;
    return this.provenance.noteUndefined(this.undefined({ name: node.name }), node);
  }

  /** Whether a list is one of the minion's options itself. */
  isOption(list: Value[]): boolean {
    const opts = this.base.get("opts");
    this.#optionLists ??= new Set(opts instanceof Dict ? Array.from(opts, ([, option]) => option) : []);
    return this.#optionLists.has(list);
  }

  variables(): Dict {
    return Dict.from(this.scope?.visible() ?? []);
  }

  undefined(of: UndefinedOf): Undefined {
    return this.shared.lenient ? new LenientUndefined(of) : new Undefined(of);
  }

  callFilter(name: string, value: Value, args: Args = [], kwargs: Kwargs = noKwargs): Value {
    const filter = filterOf(name, this.salt);
    if (!filter) throw new PyError("TemplateRuntimeError", `No filter named '${name}'.`);
    chargeCall(this.budget, filter.cost, value, args, kwargs);
    return filter.call(this, value, args, kwargs);
  }

  callTest(name: string, value: Value, args: Args = [], kwargs: Kwargs = noKwargs): boolean {
    const test = tests.get(name);
    if (!test) throw new PyError("TemplateRuntimeError", `No test named '${name}'.`);
    chargeCall(this.budget, test.cost, value, args, kwargs);
    return test.call(this, value, args, kwargs);
  }

  call(callee: Value, args: Args = [], kwargs: Kwargs = noKwargs): Value {
    if (callee instanceof PyObject) callee.use();
    if (!(callee instanceof Callable)) throw new PyError("TypeError", `'${typeName(callee)}' object is not callable`);
    this.budget.step();
    return callee.call(this, args, kwargs);
  }

  /** jinja2.sandbox.SandboxedEnvironment.getitem */
  getItem(object: Value, key: Value): Value {
    try {
      return subscript(object, key, this.budget);
    } catch (error) {
      if (!(error instanceof PyError) || !lookupErrors.has(error.type)) throw error;
    }
    if (typeof key === "string") {
      const attribute = this.#safeAttribute(object, key);
      if (attribute !== undefined) return attribute;
    }
    return this.undefined({ object, name: key });
  }

  /** jinja2.sandbox.SandboxedEnvironment.getattr */
  getAttribute(object: Value, name: string): Value {
    // An undefined value has the private attributes of its class, and no other.
    if (object instanceof Undefined && !/^__.*__$/.test(name)) object.fail();
    const attribute = this.#safeAttribute(object, name);
    if (attribute !== undefined) return attribute;
    try {
      return subscript(object, name, this.budget);
    } catch (error) {
      if (!(error instanceof PyError) || !lookupErrors.has(error.type)) throw error;
    }
    return this.undefined({ object, name });
  }

  #safeAttribute(object: Value, name: string): Value | undefined {
    const attribute = attributeOf(object, name);
    if (!name.startsWith("_") && !isInternal(object, name)) return attribute;
    if (attribute === undefined && name.startsWith("_") && !hasPrivateAttribute(object, name)) return undefined;
    const className = typeName(object).split(".").at(-1);
    const hint = `access to attribute '${name}' of '${className}' object is unsafe.`;
    return this.undefined({ hint, object, name, exception: "SecurityError" });
  }
}

const lookupErrors = new Set(["TypeError", "KeyError", "IndexError", "LookupError", "AttributeError"]);
