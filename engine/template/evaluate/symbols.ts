import type { Node, Statement, Target } from "../syntax/nodes.js";
import { forEachChild } from "../syntax/visit.js";

type Load = "parameter" | "resolve" | "alias" | "unset";

/**
 * Which names a frame of a template sets and reads, found before it runs (jinja2.idtracking). It decides one thing that
 * looking names up outwards does not: a frame that sets a name before it reads it has that name for itself from its first
 * statement on, though still without a value. A macro or loop further in that reads it then finds it undefined, even where
 * the context has a variable of that name.
 */
export class Symbols {
  readonly #loads = new Map<string, Load>();
  readonly #stores = new Set<string>();

  readonly #outer: Symbols | undefined;

  constructor(outer?: Symbols) {
    this.#outer = outer;
  }

  /** The names that have no value yet when the frame is entered. */
  get unset(): ReadonlySet<string> | undefined {
    const names = [...this.#loads].filter(([, load]) => load === "unset").map(([name]) => name);
    return names.length > 0 ? new Set(names) : undefined;
  }

  declare(name: string): void {
    this.#stores.add(name);
    this.#loads.set(name, "parameter");
  }

  #outerHas(name: string): boolean {
    return this.#outer ? this.#outer.#has(name) : false;
  }

  #has(name: string): boolean {
    return this.#loads.has(name) || this.#outerHas(name);
  }

  #store(name: string): void {
    this.#stores.add(name);
    if (!this.#loads.has(name)) this.#loads.set(name, this.#outerHas(name) ? "alias" : "unset");
  }

  #load(name: string): void {
    if (!this.#has(name)) this.#loads.set(name, "resolve");
  }

  /** Takes statements, or expressions, of this frame in. What opens a frame of its own counts only as far as it is run in this one. */
  visit(...nodes: readonly (Node | undefined)[]): this {
    for (const node of nodes) if (node) this.#visitNode(node);
    return this;
  }

  #visitNode(node: Node): void {
    switch (node.kind) {
      case "name":
        if (node.context === "load") this.#load(node.name);
        else if (node.context === "param") this.declare(node.name);
        else this.#store(node.name);
        break;
      case "namespace-reference":
        this.#load(node.name);
        break;
      case "set":
        this.visit(node.value, node.target);
        return;
      case "set-block":
      case "load":
        this.#visitNode(node.target);
        break;
      case "for":
        this.#visitNode(node.iterable);
        break;
      case "if":
        this.#visitIf(node.test, node.body, node.elifs, node.otherwise);
        break;
      case "macro":
        this.#store(node.name);
        break;
      case "call-block":
        if (node.call) this.#visitNode(node.call);
        return;
      case "filter-block":
        if (node.filter) this.#visitNode(node.filter);
        return;
      case "with":
        this.visit(...node.values);
        return;
      case "autoescape":
      case "block":
        return;
      default:
        forEachChild(node, (child) => this.#visitNode(child));
    }
  }

  #visitIf(test: Node, ...branches: readonly (readonly Statement[])[]): void {
    this.#visitNode(test);
    const seen = branches.map((branch) => this.#copy().visit(...branch));
    const set = new Set(seen.flatMap((branch) => [...branch.#stores]).filter((name) => !this.#stores.has(name)));
    for (const branch of seen) {
      for (const [name, load] of branch.#loads) this.#loads.set(name, load);
      for (const name of branch.#stores) this.#stores.add(name);
    }
    // A name that only a branch sets keeps the value that it has outside.
    for (const name of set) this.#loads.set(name, this.#outerHas(name) ? "alias" : "resolve");
  }

  #copy(): Symbols {
    const copy = new Symbols(this.#outer);
    for (const [name, load] of this.#loads) copy.#loads.set(name, load);
    for (const name of this.#stores) copy.#stores.add(name);
    return copy;
  }

  /** Declares every name of a loop's target. */
  declareTarget(target: Target): this {
    if (target.kind === "name") this.declare(target.name);
    else if (target.kind === "tuple") for (const item of target.items) this.declareTarget(item);
    return this;
  }
}
