import { BudgetError } from "../value/types.js";
import type { Anchor, Node } from "./ast.js";
import type { CharSet } from "./charset.js";

/** One step of a compiled pattern. Targets are indices into the program. */
export type Instruction =
  | { readonly op: "set"; readonly set: CharSet }
  | { readonly op: "anchor"; readonly anchor: Anchor; readonly ascii: boolean }
  /** Goes on at `first`, and at `second` when that fails. */
  | { readonly op: "split"; readonly first: number; readonly second: number }
  | { readonly op: "jump"; readonly to: number }
  /** Remembers where reading is: slots 2n and 2n+1 are the bounds of group n. */
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "backReference"; readonly index: number; readonly ignoreCase: boolean }
  /** Goes on at `otherwise` when the group took no part. */
  | { readonly op: "condition"; readonly index: number; readonly otherwise: number }
  /** Runs what follows up to its `accept` on its own; goes on at `after`. */
  | {
      readonly op: "look";
      readonly after: number;
      readonly behind: boolean;
      readonly negative: boolean;
      readonly width: number;
    }
  | { readonly op: "atomic"; readonly after: number }
  /** So many characters of one set, without a loop. */
  | { readonly op: "run"; readonly set: CharSet; readonly min: number; readonly max: number; readonly lazy: boolean }
  /** Sets a loop's counter to zero. */
  | { readonly op: "enter"; readonly loop: number }
  /** Decides whether a loop's body runs once more. */
  | {
      readonly op: "loop";
      readonly loop: number;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      readonly body: number;
      readonly after: number;
    }
  | { readonly op: "accept" };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly loops: number;
}

const longest = 50_000;

/** Compiles the tree of a pattern. The program ends in `accept`. */
export function compileProgram(node: Node): Program {
  const compiler = new Compiler();
  compiler.compile(node);
  compiler.emit({ op: "accept" });
  return { instructions: compiler.instructions, loops: compiler.loops };
}

class Compiler {
  readonly instructions: Instruction[] = [];
  loops = 0;

  emit(instruction: Instruction): number {
    if (this.instructions.length >= longest) throw new BudgetError("The regular expression is too long.");
    return this.instructions.push(instruction) - 1;
  }

  get #here(): number {
    return this.instructions.length;
  }

  #patch(index: number, instruction: Instruction): void {
    this.instructions[index] = instruction;
  }

  #placeholder(): number {
    return this.emit({ op: "accept" });
  }

  compile(node: Node): void {
    switch (node.kind) {
      case "empty":
        return;
      case "set":
        this.emit({ op: "set", set: node.set });
        return;
      case "anchor":
        this.emit({ op: "anchor", anchor: node.anchor, ascii: node.ascii });
        return;
      case "sequence":
        for (const child of node.nodes) this.compile(child);
        return;
      case "choice":
        this.#choice(node.nodes);
        return;
      case "group":
        this.emit({ op: "save", slot: 2 * node.index });
        this.compile(node.node);
        this.emit({ op: "save", slot: 2 * node.index + 1 });
        return;
      case "backReference":
        this.emit({ op: "backReference", index: node.index, ignoreCase: node.ignoreCase });
        return;
      case "condition":
        this.#condition(node);
        return;
      case "look": {
        const at = this.#placeholder();
        this.#enclosed(node.node);
        const { behind, negative, width } = node;
        this.#patch(at, { op: "look", after: this.#here, behind, negative, width });
        return;
      }
      case "atomic":
        this.#atomic(() => this.compile(node.node));
        return;
      case "repeat":
        if (node.mode === "possessive") this.#atomic(() => this.#repeat({ ...node, mode: "greedy" }));
        else this.#repeat(node);
    }
  }

  #enclosed(node: Node): void {
    this.compile(node);
    this.emit({ op: "accept" });
  }

  #atomic(body: () => void): void {
    const at = this.#placeholder();
    body();
    this.emit({ op: "accept" });
    this.#patch(at, { op: "atomic", after: this.#here });
  }

  #choice(nodes: readonly Node[]): void {
    const exits: number[] = [];
    nodes.forEach((node, index) => {
      if (index === nodes.length - 1) {
        this.compile(node);
        return;
      }
      const at = this.#placeholder();
      this.compile(node);
      exits.push(this.#placeholder());
      this.#patch(at, { op: "split", first: at + 1, second: this.#here });
    });
    for (const exit of exits) this.#patch(exit, { op: "jump", to: this.#here });
  }

  #condition({ index, yes, no }: Extract<Node, { kind: "condition" }>): void {
    const at = this.#placeholder();
    this.compile(yes);
    const exit = this.#placeholder();
    this.#patch(at, { op: "condition", index, otherwise: this.#here });
    this.compile(no);
    this.#patch(exit, { op: "jump", to: this.#here });
  }

  #repeat({ node, min, max, mode }: Extract<Node, { kind: "repeat" }>): void {
    const lazy = mode === "lazy";
    const inner = node.kind === "sequence" && node.nodes.length === 1 ? (node.nodes[0] as Node) : node;
    if (inner.kind === "set") {
      this.emit({ op: "run", set: inner.set, min, max, lazy });
      return;
    }
    const loop = this.loops;
    this.loops += 1;
    this.emit({ op: "enter", loop });
    const at = this.#placeholder();
    this.compile(node);
    this.emit({ op: "jump", to: at });
    this.#patch(at, { op: "loop", loop, min, max, lazy, body: at + 1, after: this.#here });
  }
}
