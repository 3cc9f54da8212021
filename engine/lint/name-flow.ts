import type { Span } from "../problem.js";
import type { Expression, If, Name, Node, Statement, Target, Template } from "../template/syntax/nodes.js";
import { childrenOf } from "../template/syntax/visit.js";
import { type Knowledge, Names } from "./known-names.js";

/** A name that is read where it may have no value. */
export interface UndefinedUse {
  readonly node: Name;
  /** `never`: nothing before it sets the name on any path. `sometimes`: some branch before it does, another does not. */
  readonly kind: "never" | "sometimes";
  /** Where the branches that do set it are. */
  readonly setAt: readonly Span[];
}

/** Of more branches, conditions or ways than these nobody could say what they mean; they count as fine. */
const mostBranches = 200;
const mostConditions = 500;
const mostWays = 32;
const mostUses = 100;

/**
 * Names that every template of winrepo sees (salt-reference §3.2), and those that Jinja gives inside of loops and
 * macros.
 */
const globals = new Set(
  "salt grains opts pillar saltenv sls proxy renderers tplpath tplfile tpldir tpldot slspath slsdotpath slscolonpath sls_path range dict lipsum cycler joiner namespace ifelse raise odict show_full_context self super loop caller varargs kwargs".split(
    " ",
  ),
);

/**
 * Follows the names of a template through its branches: definite assignment. A chain of `if … elif` that asks for all
 * architectures counts as complete, a name set under a condition counts as set wherever the same condition holds again,
 * and `is defined` counts as what it says. So a template that never fails gives no finding.
 */
export function findUndefinedNames(template: Template, source: string): UndefinedUse[] {
  return new NameFlow(source, template).run(template);
}

class NameFlow {
  readonly #uses: UndefinedUse[] = [];
  readonly #everSet: ReadonlySet<string>;
  #conditions: string[] = [];
  /** There is more than can be followed: what was found until then holds. */
  #isOver = false;

  readonly #source: string;

  constructor(source: string, template: Template) {
    this.#source = source;
    this.#everSet = new Set(allStores(template));
  }

  run(template: Template): UndefinedUse[] {
    this.#statements(template.body, new Names());
    return this.#uses;
  }

  #statements(body: readonly Statement[], names: Names): void {
    for (const statement of body) {
      if (this.#isOver) return;
      this.#statement(statement, names);
    }
  }

  #statement(node: Statement, names: Names): void {
    switch (node.kind) {
      case "output":
        for (const part of node.nodes) if (part.kind === "print") this.#expression(part.expression, names);
        return;
      case "do":
        this.#expression(node.expression, names);
        return;
      case "set":
        this.#expression(node.value, names);
        this.#assign(node.target, names);
        return;
      case "set-block":
        if (node.filter) this.#expression(node.filter, names);
        this.#statements(node.body, new Names(names));
        this.#assign(node.target, names);
        return;
      case "if":
        this.#branches(node, names);
        return;
      case "for": {
        this.#expression(node.iterable, names);
        const inner = new Names(names);
        this.#assign(node.target, inner);
        if (node.test) this.#expression(node.test, inner);
        this.#statements(node.body, inner);
        this.#statements(node.otherwise, new Names(names));
        return;
      }
      case "with": {
        const inner = new Names(names);
        for (const value of node.values) this.#expression(value, inner);
        for (const target of node.targets) this.#assign(target, inner);
        this.#statements(node.body, inner);
        return;
      }
      case "load":
        this.#statements(node.body, new Names(names));
        this.#assign(node.target, names);
        return;
      case "data-import":
        this.#expression(node.import.template, names);
        this.#assign(node.import.target, names);
        return;
      case "import":
        this.#expression(node.template, names);
        this.#assign(node.target, names);
        return;
      case "from-import":
        this.#expression(node.template, names);
        for (const { target } of node.names) this.#assign(target, names);
        return;
      case "macro":
        for (const value of node.signature.defaults) this.#expression(value, names);
        this.#callable(node.signature.parameters, node.body, names);
        names.set(node.name, this.#known(node.nameSpan));
        return;
      case "call-block":
        if (node.call) this.#expression(node.call, names);
        this.#callable(node.signature.parameters, node.body, names);
        return;
      case "filter-block":
        if (node.filter) this.#expression(node.filter, names);
        this.#statements(node.body, new Names(names));
        return;
      case "profile":
        this.#statements(node.body, names);
        return;
      case "block":
        // A block may be replaced, and sees only names of the top level.
        this.#statements(node.body, this.#lenient(names));
        return;
      case "autoescape":
        this.#statements(node.body, new Names(names));
        return;
      case "extends":
      case "include":
        this.#expression(node.template, names);
        return;
      case "loop-control":
      case "unknown":
        return;
    }
  }

  /** A macro's body runs when it is called: by then everything that the file sets anywhere may be there. */
  #callable(parameters: readonly Name[], body: readonly Statement[], names: Names): void {
    const inner = this.#lenient(names);
    for (const parameter of parameters) inner.set(parameter.name, this.#known(parameter));
    this.#statements(body, inner);
  }

  #lenient(names: Names): Names {
    return new Names(names, new Map(), this.#everSet);
  }

  #branches(node: If, names: Names): void {
    const chain = [node, ...node.elifs];
    const outer = this.#conditions;
    if (chain.length > mostBranches || outer.length > mostConditions) {
      this.#isOver = true;
      return;
    }
    const ends: { names: Names; conditions: string[] }[] = [];
    const failed: string[] = [];
    let below = new Names(names);
    for (const branch of chain) {
      this.#conditions = [...outer, ...failed];
      this.#expression(branch.test, below);
      const inner = new Names(below);
      const holds = this.#conditionsOf(branch.test, true);
      this.#conditions = [...outer, ...failed, ...holds];
      this.#believe(branch.test, true, inner);
      this.#statements(branch.body, inner);
      ends.push({ names: inner, conditions: [...failed, ...holds] });
      failed.push(...this.#conditionsOf(branch.test, false));
      below = below.copy();
      this.#believe(branch.test, false, below);
    }
    if (node.otherwise.length > 0 || !this.#isComplete(chain)) {
      this.#conditions = [...outer, ...failed];
      this.#statements(node.otherwise, below);
      ends.push({ names: below, conditions: failed });
    }
    this.#conditions = outer;
    this.#join(names, ends);
  }

  #join(names: Names, ends: readonly { names: Names; conditions: string[] }[]): void {
    const changed = new Set(ends.flatMap((end) => end.names.changedSince(names)));
    for (const name of changed) {
      const known = ends.map((end) => end.names.get(name));
      const ways = ends.flatMap(({ conditions }, index) => {
        const knowledge = known[index];
        if (!knowledge) return [];
        return knowledge.sure ? [conditions] : knowledge.ways.map((way) => [...conditions, ...way]);
      });
      const isTooMuch = ways.length > mostWays || ways.some((way) => way.length > mostWays);
      const sure = isTooMuch || known.every((knowledge) => knowledge?.sure);
      const setAt = [...new Set(known.flatMap((knowledge) => knowledge?.setAt ?? []))].slice(0, mostWays);
      names.set(name, { sure, ways: sure ? [] : ways, setAt });
    }
  }

  /** What `x is defined` tells about x when it holds, or when it does not. */
  #believe(test: Expression, holds: boolean, names: Names): void {
    if (test.kind === "unary" && test.operator === "not") {
      this.#believe(test.node, !holds, names);
      return;
    }
    if (test.kind === "binary" && test.operator === (holds ? "and" : "or")) {
      this.#believe(test.left, holds, names);
      this.#believe(test.right, holds, names);
      return;
    }
    if (test.kind === "test" && test.node.kind === "name") {
      const says = test.name === "defined" ? holds : test.name === "undefined" ? !holds : false;
      if (says) names.set(test.node.name, { sure: true, ways: [], setAt: [] });
    }
  }

  #conditionsOf(test: Expression, holds: boolean): string[] {
    if (test.kind === "unary" && test.operator === "not") return this.#conditionsOf(test.node, !holds);
    if (test.kind === "binary" && test.operator === (holds ? "and" : "or")) {
      return [...this.#conditionsOf(test.left, holds), ...this.#conditionsOf(test.right, holds)];
    }
    const text = this.#source.slice(test.start, test.end).replace(/\s+/g, "").replaceAll('"', "'");
    return [`${holds ? "+" : "-"}${text.replace(/\['(\w+)'\]/g, ".$1")}`];
  }

  /** Whether the tests of a chain without `else` leave out no machine: all architectures of Windows that Salt runs on. */
  #isComplete(chain: readonly If[]): boolean {
    const asked = new Map<string, Set<string>>();
    for (const { test } of chain) {
      if (test.kind !== "comparison" || test.rest.length !== 1) return false;
      const [{ operator, node }] = test.rest as [(typeof test.rest)[number]];
      const subject = this.#source.slice(test.first.start, test.first.end).replace(/["'\s]/g, "");
      const values = asked.get(subject) ?? new Set();
      asked.set(subject, values);
      if (operator === "==" && node.kind === "literal") values.add(node.text.toLowerCase());
      else if (operator === "in" && (node.kind === "list" || node.kind === "tuple")) {
        for (const item of node.items) if (item.kind === "literal") values.add(item.text.toLowerCase());
      } else return false;
    }
    const [only] = asked;
    if (asked.size !== 1 || !only) return false;
    const [subject, values] = only;
    if (/cpuarch|processor_arch|arch/i.test(subject) && values.has("amd64") && values.has("x86")) return true;
    return /osarch|arch/i.test(subject) && values.has("64-bit") && values.has("32-bit");
  }

  #assign(target: Target, names: Names): void {
    if (target.kind === "name") names.set(target.name, this.#known(target));
    else if (target.kind === "tuple" || target.kind === "list")
      for (const item of target.items) this.#assign(item, names);
  }

  #known({ start, end }: Span): Knowledge {
    return { sure: true, ways: [], setAt: [{ start, end }] };
  }

  #expression(node: Expression, names: Names): void {
    if (node.kind === "name") {
      this.#use(node, names);
      return;
    }
    if (node.kind === "filter" && (node.name === "default" || node.name === "d") && isPath(node.node)) {
      this.#parts(node, names, node.node);
      return;
    }
    if (node.kind === "test" && (node.name === "defined" || node.name === "undefined")) {
      this.#parts(node, names, node.node);
      return;
    }
    if (node.kind === "conditional") {
      this.#expression(node.test, names);
      const then = new Names(names);
      this.#believe(node.test, true, then);
      this.#under(this.#conditionsOf(node.test, true), () => this.#expression(node.chosen, then));
      const otherwise = new Names(names);
      this.#believe(node.test, false, otherwise);
      if (node.otherwise) {
        const value = node.otherwise;
        this.#under(this.#conditionsOf(node.test, false), () => this.#expression(value, otherwise));
      }
      return;
    }
    if (node.kind === "binary" && (node.operator === "and" || node.operator === "or")) {
      this.#expression(node.left, names);
      const right = new Names(names);
      this.#believe(node.left, node.operator === "and", right);
      this.#under(this.#conditionsOf(node.left, node.operator === "and"), () => this.#expression(node.right, right));
      return;
    }
    this.#parts(node, names, undefined);
  }

  /** The children of an expression; one of them may be undefined without harm, and its base with it. */
  #parts(node: Node, names: Names, harmless: Expression | undefined): void {
    for (const child of childrenOf(node)) {
      if (child !== harmless) this.#expression(child as Expression, names);
      else if (child.kind !== "name")
        this.#parts(child, names, child.kind === "attribute" || child.kind === "item" ? child.node : undefined);
    }
  }

  #under(conditions: readonly string[], visit: () => void): void {
    const outer = this.#conditions;
    this.#conditions = [...outer, ...conditions];
    visit();
    this.#conditions = outer;
  }

  #use(node: Name, names: Names): void {
    if (globals.has(node.name)) return;
    const knowledge = names.get(node.name);
    if (knowledge?.sure) return;
    if (knowledge?.ways.some((way) => way.every((condition) => isImplied(condition, this.#conditions)))) return;
    const setAt = knowledge?.setAt ?? [];
    if (this.#uses.length === mostUses) this.#isOver = true;
    else this.#uses.push({ node, kind: knowledge?.ways.length ? "sometimes" : "never", setAt });
  }
}

/**
 * Whether a condition follows from others: it is one of them, or they say that the same thing equals something else.
 * Of the architectures there are two, so what is not the one is the other.
 */
function isImplied(condition: string, others: readonly string[]): boolean {
  if (others.includes(condition)) return true;
  const wanted = equality.exec(condition);
  if (!wanted) return false;
  const [, sign, subject, value] = wanted;
  return others.some((other) => {
    const known = equality.exec(other);
    if (known?.[2] !== subject || known?.[3] === value) return false;
    return sign === "-" ? known?.[1] === "+" : known?.[1] === "-" && /arch/i.test(subject ?? "");
  });
}

const equality = /^([-+])(.+)=='([^']*)'$/;

/** A name, or something reached from one: `x`, `x.y`, `x['y']`. */
function isPath(node: Expression | undefined): boolean {
  if (node?.kind === "attribute" || node?.kind === "item") return isPath(node.node);
  return node?.kind === "name";
}

function* allStores(node: Node): Generator<string> {
  if (node.kind === "name" && node.context !== "load") yield node.name;
  if (node.kind === "macro") yield node.name;
  for (const child of childrenOf(node)) yield* allStores(child);
}
