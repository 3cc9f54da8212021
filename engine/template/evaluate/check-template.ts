import type { Span } from "../../problem.js";
import type { SaltRelease } from "../../salt-version/release.js";
import type { Fault } from "../fault.js";
import { filterOf } from "../filters/available.js";
import type {
  Block,
  CallBlock,
  FilterExpression,
  For,
  LoopControl,
  Macro,
  Node,
  Template,
  TestExpression,
} from "../syntax/nodes.js";
import { forEachChild, forEachNode } from "../syntax/visit.js";
import { tests } from "../tests/index.js";
import { specialNames } from "./macro.js";

/**
 * What Jinja's compiler refuses, in the order in which it comes by it: filters and tests that there are not, unless a
 * condition may keep them from running; blocks that are defined twice; `extends` inside of something; `loop` as a target.
 * Parameters of one name, then `break` and `continue` outside of a loop come last: Python refuses them in the code that
 * Jinja has made.
 */
export function checkTemplate(template: Template, salt: SaltRelease): Fault[] {
  const checker = new Checker(salt);
  checker.blockNames(template);
  for (const statement of template.body) checker.check(statement, { soft: false, inLoop: false, top: true });
  for (const block of checker.blocks.values()) {
    for (const statement of block.body) checker.check(statement, { soft: false, inLoop: false, top: false });
  }
  return [...checker.faults, ...checker.repeated, ...checker.misplaced];
}

type FrameStatement = Extract<
  Node,
  { kind: "for" | "macro" | "call-block" | "load" | "set-block" | "filter-block" | "with" | "autoescape" }
>;

interface Where {
  /** Inside of an `if`, up to the next frame: what is unknown is an error only when it runs. */
  readonly soft: boolean;
  readonly inLoop: boolean;
  /** At the top of the template, conditions aside. */
  readonly top: boolean;
}

class Checker {
  readonly faults: Fault[] = [];
  readonly repeated: Fault[] = [];
  readonly misplaced: Fault[] = [];
  readonly blocks = new Map<string, Block>();
  readonly #salt: SaltRelease;

  constructor(salt: SaltRelease) {
    this.#salt = salt;
  }

  blockNames(template: Template): void {
    forEachNode(template, (node) => {
      if (node.kind !== "block") return;
      if (this.blocks.has(node.name)) this.#refuse(`block '${node.name}' defined twice`, node.nameSpan, node.line);
      else this.blocks.set(node.name, node);
    });
  }

  check(node: Node, where: Where): void {
    switch (node.kind) {
      case "name":
      case "literal":
      case "text":
      case "block":
        return;
      case "filter":
        if (!where.soft && !filterOf(node.name, this.#salt)) this.#unknown("filter", node);
        break;
      case "test":
        if (!tests.has(node.name) && !where.soft) this.#unknown("test", node);
        break;
      case "extends":
        if (!where.top) this.#refuse("cannot use extend from a non top-level scope", node.tag, node.line);
        break;
      case "loop-control":
        if (!where.inLoop) this.#misplace(node);
        break;
      case "if":
      case "conditional": {
        const soft = where.soft ? where : { ...where, soft: true };
        forEachChild(node, (child) => this.check(child, soft));
        return;
      }
      case "for":
      case "macro":
      case "call-block":
      case "load":
      case "set-block":
      case "filter-block":
      case "with":
      case "autoescape":
        this.#checkFrame(node, where);
        return;
    }
    forEachChild(node, (child) => this.check(child, where));
  }

  /** A statement with a frame of its own: a condition around it counts no more inside. */
  #checkFrame(node: FrameStatement, where: Where): void {
    const inner = { ...where, soft: false, top: false };
    const outside = { ...inner, inLoop: false };
    switch (node.kind) {
      case "for":
        this.#all([node.test], inner);
        this.#loopTargets(node);
        this.#all([node.iterable], where);
        this.#all(node.body, { ...inner, inLoop: true });
        this.#all(node.otherwise, inner);
        break;
      case "macro":
      case "call-block":
        this.#repeatedParameter(node);
        this.#explicitCaller(node);
        this.#all([...node.signature.defaults, ...node.body], outside);
        if (node.kind === "call-block") this.#all([node.call], where);
        break;
      case "load":
        this.#all(node.body, outside);
        break;
      case "set-block":
      case "filter-block":
        this.#all([...node.body, node.filter], inner);
        break;
      case "with":
        this.#all(node.values, where);
        this.#all(node.body, inner);
        break;
      case "autoescape":
        this.#all([node.value, ...node.body], inner);
        break;
    }
  }

  #all(nodes: readonly (Node | undefined)[], where: Where): void {
    for (const child of nodes) if (child) this.check(child, where);
  }

  #loopTargets(node: For): void {
    let found = false;
    forEachNode(node, (name) => {
      if (found || name.kind !== "name" || name.context !== "store" || name.name !== "loop") return;
      found = true;
      this.#refuse("Can't assign to special loop variable in for-loop target", name, name.line);
    });
  }

  #explicitCaller({ signature, body, line }: Macro | CallBlock): void {
    const { parameters, defaults } = signature;
    const index = parameters.findIndex((parameter) => parameter.name === "caller");
    const parameter = parameters[index];
    if (!parameter || index >= parameters.length - defaults.length || !specialNames(body).has("caller")) return;
    const message =
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.';
    this.#refuse(message, parameter, line);
  }

  #repeatedParameter({ signature: { parameters }, line }: Macro | CallBlock): void {
    const names = new Set<string>();
    const repeated = parameters.find(({ name }) => names.size === names.add(name).size);
    if (!repeated) return;
    const message = `duplicate argument '${repeated.name}' in function definition`;
    const { start, end } = repeated;
    this.repeated.push({ code: "jinja-syntax", exception: "SyntaxError", message, range: { start, end }, line });
  }

  #refuse(message: string, { start, end }: Span, line: number): void {
    this.faults.push({
      code: "jinja-syntax",
      exception: "TemplateAssertionError",
      message,
      range: { start, end },
      line,
    });
  }

  #unknown(what: "filter" | "test", node: FilterExpression | TestExpression): void {
    const message = `No ${what} named '${node.name}'.`;
    const exception = "TemplateAssertionError";
    this.faults.push({ code: `jinja-unknown-${what}`, exception, message, range: node.nameSpan, line: node.line });
  }

  #misplace({ action, tag, line }: LoopControl): void {
    const message = action === "break" ? "'break' outside loop" : "'continue' not properly in loop";
    this.misplaced.push({ code: "jinja-syntax", exception: "SyntaxError", message, range: tag, line });
  }
}
