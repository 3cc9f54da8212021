import { Markup } from "../../value/markup.js";
import { PyError, PyObject, type Value } from "../../value/types.js";
import { type Args, Callable, type EvalContext, type Kwargs } from "../runtime.js";
import { Output } from "./output.js";
import type { BlockDefinition, Blocks } from "./rendering.js";
import { Scope } from "./scope.js";

/** The definitions of each block, the youngest template's first: what `super()` goes down. */
export class BlockTable implements Blocks {
  readonly #blocks = new Map<string, BlockDefinition[]>();

  /** The variables that blocks see: those of the template at its top, and of what extends it. */
  root = new Scope();

  get self(): TemplateReference {
    return new TemplateReference(this);
  }

  add(definition: BlockDefinition): void {
    const { name } = definition;
    const definitions = this.#blocks.get(name);
    if (definitions) definitions.push(definition);
    else this.#blocks.set(name, [definition]);
  }

  /** A required block must be defined again further down. @throws PyError TemplateRuntimeError */
  require(name: string): void {
    if ((this.#blocks.get(name)?.length ?? 0) <= 1) {
      throw new PyError("TemplateRuntimeError", `Required block '${name}' not found`);
    }
  }

  has(name: string): boolean {
    return this.#blocks.has(name);
  }

  /** Renders the definition at `depth` into `output`. */
  render(name: string, depth: number, outer: Scope, output: Output): void {
    const definition = this.#blocks.get(name)?.[depth];
    if (!definition) throw new PyError("UndefinedError", `there is no parent block called '${name}'.`);
    const { rendering, body, unset } = definition;
    const scope = new Scope(outer, unset);
    if (this.#blocks.get(name)?.[depth + 1]) scope.set("super", new BlockReference(name, depth + 1, this));
    else scope.set("super", rendering.undefined({ hint: `there is no parent block called '${name}'.`, name: "super" }));
    rendering.budget.nested(() => body(rendering, scope, output));
  }
}

/** What `super` and the attributes of `self` are: a call renders the block. */
export class BlockReference extends Callable {
  readonly typeName = "BlockReference";
  // Its statements are counted one by one.
  readonly cost = "counted";

  readonly #depth: number;
  readonly #table: BlockTable;

  constructor(
    readonly name: string,
    depth: number,
    table: BlockTable,
  ) {
    super();
    this.#depth = depth;
    this.#table = table;
  }

  override get module(): string {
    return "jinja2.runtime";
  }

  protected override run(context: EvalContext, _args: Args, _kwargs: Kwargs): Value {
    const output = new Output(false);
    this.#table.render(this.name, this.#depth, this.#table.root, output);
    return context.autoescape ? new Markup(output.text) : output.text;
  }
}

/** The variable `self`. */
export class TemplateReference extends PyObject {
  readonly typeName = "TemplateReference";

  readonly #table: BlockTable;

  constructor(table: BlockTable) {
    super();
    this.#table = table;
  }

  override get module(): string {
    return "jinja2.runtime";
  }

  override item(name: Value): Value | undefined {
    return typeof name === "string" && this.#table.has(name) ? new BlockReference(name, 0, this.#table) : undefined;
  }
}
