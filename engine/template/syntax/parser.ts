import type { Span } from "../../problem.js";
import { repr } from "../../value/repr.js";
import type { Fault, FaultCode } from "../fault.js";
import { lex } from "./lexer.js";
import type { DataFormat, Expression, If, Name, Print, Signature, Statement, Template, TemplateText } from "./nodes.js";
import { defaultSettings, type SyntaxSettings } from "./settings.js";
import { TagParser } from "./tag-parser.js";
import { type Comment, describeRule, matches, type Token, type TokenRule } from "./token.js";
import { depthOf } from "./visit.js";

export interface ParsedTemplate {
  /** A tree of all that could be read, also of a broken template. */
  readonly template: Template;
  /** In the order of the source: the first is the one that Jinja raises. */
  readonly faults: readonly Fault[];
  readonly comments: readonly Comment[];
}

/** Reads a template with Salt's tags. Never throws. */
export function parseTemplate(source: string, settings: SyntaxSettings = defaultSettings): ParsedTemplate {
  const { tokens, comments } = lex(source, settings);
  const parser = new Parser(tokens, source.length);
  const template = parser.template();
  if (depthOf(template) <= depthLimit) return { template, faults: parser.faults, comments };
  const range = { start: 0, end: source.length };
  const tooDeep = {
    code: "jinja-budget",
    exception: "RecursionError",
    message: "maximum recursion depth exceeded",
  } as const;
  return { template: { ...template, body: [] }, faults: [...parser.faults, { ...tooDeep, range, line: 1 }], comments };
}

/** Trees that nest further are not looked at: Python's own stack ends before. */
const depthLimit = 500;

/** How far blocks may nest in one another. */
const nestingLimit = 90;

/** The statements of Jinja 2, of its `do` and loop control extensions, and of Salt's serializer extension. */
class Parser extends TagParser {
  /** The tags that are open, by name, innermost last. */
  private readonly tagStack: string[] = [];
  /** What would close the open tags, innermost last. */
  private readonly endStack: (readonly TokenRule[])[] = [];

  constructor(
    tokens: readonly Token[],
    private readonly length: number,
  ) {
    super(tokens);
  }

  template(): Template {
    return { kind: "template", body: this.statements([]), start: 0, end: this.length, line: 1 };
  }

  /** Statements and text up to a tag that `ends` names; its begin is taken, its name is not. */
  private statements(ends: readonly TokenRule[]): Statement[] {
    const body: Statement[] = [];
    let pieces: (TemplateText | Print)[] = [];
    const flush = () => {
      const [first] = pieces;
      if (!first) return;
      const span = { start: first.start, end: this.lastEnd };
      body.push({ kind: "output", nodes: pieces, ...span, line: first.line, tag: span });
      pieces = [];
    };
    if (ends.length > 0) this.endStack.push(ends);
    while (this.current.type !== "eof") {
      const token = this.current;
      if (token.type === "data") {
        // Text never ends a tag, so a failure that is still on ended with it.
        this.failing = false;
        this.next();
        const { value: text, raw = false, start, end, line } = token;
        pieces.push({ kind: "text", text, raw, start, end, line });
      } else if (token.type === "variable_begin") {
        this.failing = false;
        pieces.push(this.print());
      } else {
        flush();
        this.failing = false;
        if (token.type === "block_begin") {
          this.next();
          this.tagStart = token.start;
          if (ends.length > 0 && !this.failing && this.at(...ends)) break;
          const statement = this.statement();
          if (statement) body.push(statement);
        }
        this.expectTagEnd("block_end");
      }
    }
    flush();
    if (ends.length > 0) this.endStack.pop();
    return body;
  }

  private print(): Print {
    const { start, line } = this.next();
    const expression = this.tuple();
    this.expectTagEnd("variable_end");
    return { kind: "print", expression, start, end: this.lastEnd, line };
  }

  private statement(): Statement | undefined {
    const { type, value, line } = this.current;
    if (this.failing) return undefined;
    if (type !== "name") {
      this.fail("tag name expected", { line });
      return undefined;
    }
    if (!tags.has(value)) return this.unknownTag(value);
    if (this.tagStack.length >= nestingLimit) {
      this.fail("maximum recursion depth exceeded", { code: "jinja-budget", exception: "RecursionError" });
      return undefined;
    }
    this.tagStack.push(value);
    const statement = this.known(value);
    this.tagStack.pop();
    return statement;
  }

  private known(tag: string): Statement | undefined {
    switch (tag) {
      case "for":
        return this.forStatement();
      case "if":
        return this.ifStatement();
      case "set":
        return this.setStatement();
      case "with":
        return this.withStatement();
      case "macro":
        return this.macroStatement();
      case "call":
        return this.callStatement();
      case "filter":
        return this.filterStatement();
      case "block":
        return this.blockStatement();
      case "autoescape":
        return this.autoescapeStatement();
      case "print":
        return this.printStatement();
      case "extends":
      case "include":
        return this.templateStatement(tag);
      case "import":
        return this.importStatement();
      case "from":
        return this.fromStatement();
      case "do":
        return this.doStatement();
      case "break":
      case "continue":
        return this.simple((span) => ({ kind: "loop-control", action: tag, ...span }));
      case "profile":
        return this.profileStatement();
      default:
        return tag.startsWith("load_") ? this.loadStatement() : this.dataImportStatement();
    }
  }

  private unknownTag(name: string): Statement {
    const { end, line } = this.current;
    const start = this.tagStart;
    const closes = /^(end|elif$|else$)/.test(name);
    this.unexpected(name, closes ? "jinja-syntax" : "jinja-unknown-tag");
    return { kind: "unknown", name, start, end, line, tag: { start, end } };
  }

  /** Jinja's `_fail_ut_eof`: a tag that has no place here, or the end of the template inside of a block. */
  private unexpected(name: string | undefined, code: FaultCode, range?: Span): void {
    const message = [name === undefined ? "Unexpected end of template." : `Encountered unknown tag ${repr(name)}.`];
    const ends = this.endStack.at(-1);
    if (ends) {
      const wanted = ends.map((rule) => repr(describeRule(rule))).join(" or ");
      const misplaced = name !== undefined && this.endStack.flat().some((rule) => describeRule(rule) === name);
      message.push(
        misplaced
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`
          : `Jinja was looking for the following tags: ${wanted}.`,
      );
    }
    const innermost = this.tagStack.at(-1);
    if (innermost !== undefined) message.push(`The innermost block that needs to be closed is ${repr(innermost)}.`);
    this.fail(message.join(" "), range ? { code, range } : { code });
  }

  /** The end of the opening tag and the body behind it, up to one of the `ends`; with `drop` that one is taken too. */
  private body(ends: readonly TokenRule[], drop = false): { body: Statement[]; tag: Span } {
    const start = this.tagStart;
    this.skipIf("colon");
    this.expectTagEnd("block_end");
    const tag = { start, end: this.lastEnd };
    const body = this.statements(ends);
    if (this.current.type === "eof") {
      this.endStack.push(ends);
      this.unexpected(undefined, "jinja-unclosed-block", tag);
      this.endStack.pop();
    } else if (drop) {
      this.next();
    }
    return { body, tag };
  }

  private forStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const target = this.assignTarget();
    this.expect("name:in");
    const iterable = this.tuple({ withConditional: false });
    const test = this.skipIf("name:if") ? this.expression() : undefined;
    const recursive = this.skipIf("name:recursive");
    const { body, tag } = this.body(["name:endfor", "name:else"]);
    const otherwise = this.next().value === "else" ? this.body(["name:endfor"], true).body : [];
    return { kind: "for", target, iterable, test, recursive, body, otherwise, ...this.ended(start), line, tag };
  }

  private ifStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const first = this.branch();
    const elifs: If[] = [];
    let closing = this.next();
    while (matches(closing, "name:elif")) {
      const elifStart = this.tagStart;
      const { line: elifLine } = this.current;
      const branch = this.branch();
      const end = branch.body.at(-1)?.end ?? branch.tag.end;
      elifs.push({ kind: "if", ...branch, elifs: [], otherwise: [], start: elifStart, end, line: elifLine });
      closing = this.next();
    }
    const otherwise = matches(closing, "name:else") ? this.body(["name:endif"], true).body : [];
    return { kind: "if", ...first, elifs, otherwise, ...this.ended(start), line };
  }

  private branch(): { test: Expression; body: Statement[]; tag: Span } {
    const test = this.tuple({ withConditional: false });
    return { test, ...this.body(["name:elif", "name:else", "name:endif"]) };
  }

  private setStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const target = this.assignTarget({ withNamespace: true });
    if (this.failing || this.skipIf("assign")) {
      const value = this.failing ? this.missing() : this.tuple();
      const span = this.ended(start);
      return { kind: "set", target, value, ...span, line, tag: span };
    }
    const filter = this.filters(undefined);
    const { body, tag } = this.body(["name:endset"], true);
    return { kind: "set-block", target, filter, body, ...this.ended(start), line, tag };
  }

  private withStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const targets: Expression[] = [];
    const values: Expression[] = [];
    while (!this.failing && !this.at("block_end")) {
      if (targets.length > 0) this.expect("comma");
      targets.push(asParameter(this.assignTarget()));
      this.expect("assign");
      values.push(this.expression());
    }
    const { body, tag } = this.body(["name:endwith"], true);
    return { kind: "with", targets, values, body, ...this.ended(start), line, tag };
  }

  private macroStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const { name, start: nameStart, end: nameEnd } = this.nameTarget();
    const signature = this.signature();
    const { body, tag } = this.body(["name:endmacro"], true);
    const nameSpan = { start: nameStart, end: nameEnd };
    return { kind: "macro", name, nameSpan, signature, body, ...this.ended(start), line, tag };
  }

  private signature(): Signature {
    const parameters: Name[] = [];
    const defaults: Expression[] = [];
    this.expect("lparen");
    while (!this.failing && !this.at("rparen")) {
      if (parameters.length > 0) this.expect("comma");
      const parameter: Name = { ...this.nameTarget(), context: "param" };
      if (this.skipIf("assign")) defaults.push(this.expression());
      else if (defaults.length > 0) this.fail("non-default argument follows default argument");
      parameters.push(parameter);
    }
    this.expect("rparen");
    return { parameters, defaults };
  }

  private callStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const signature: Signature = this.at("lparen") ? this.signature() : { parameters: [], defaults: [] };
    const expression = this.expression();
    if (expression.kind !== "call") this.fail("expected call", { line, range: expression });
    const call = expression.kind === "call" ? expression : undefined;
    const { body, tag } = this.body(["name:endcall"], true);
    return { kind: "call-block", call, signature, body, ...this.ended(start), line, tag };
  }

  private filterStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const filter = this.filters(undefined, true);
    const { body, tag } = this.body(["name:endfilter"], true);
    return { kind: "filter-block", filter, body, ...this.ended(start), line, tag };
  }

  private blockStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const { value: name, start: nameStart, end: nameEnd } = this.expect("name");
    const scoped = this.skipIf("name:scoped");
    const required = this.skipIf("name:required");
    if (this.at("sub")) {
      this.fail(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.",
      );
    }
    const { body, tag } = this.body(["name:endblock"], true);
    if (required && !body.every(isBlank)) this.fail("Required blocks can only contain comments or whitespace");
    this.skipIf(`name:${name}`);
    const nameSpan = { start: nameStart, end: nameEnd };
    return { kind: "block", name, nameSpan, scoped, required, body, ...this.ended(start), line, tag };
  }

  private autoescapeStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const value = this.expression();
    const { body, tag } = this.body(["name:endautoescape"], true);
    return { kind: "autoescape", value, body, ...this.ended(start), line, tag };
  }

  private profileStatement(): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    this.expect("name:as");
    const label = this.expression();
    const { body, tag } = this.body(["name:endprofile"], true);
    return { kind: "profile", label, body, ...this.ended(start), line, tag };
  }

  private loadStatement(): Statement {
    const start = this.tagStart;
    const { line, value } = this.next();
    this.expect("name:as");
    const target = this.assignTarget();
    const { body, tag } = this.body(["name:endload"], true);
    return { kind: "load", format: value.slice(5) as DataFormat, target, body, ...this.ended(start), line, tag };
  }
}

const tags: ReadonlySet<string> = new Set(
  (
    "for if set with macro call filter block autoescape print extends include import from do break continue " +
    "profile load_yaml load_json load_text import_yaml import_json import_text"
  ).split(" "),
);

function asParameter(target: Expression): Expression {
  if (target.kind === "name") return { ...target, context: "param" };
  return target.kind === "tuple" ? { ...target, items: target.items.map(asParameter) } : target;
}

function isBlank(statement: Statement): boolean {
  return (
    statement.kind === "output" && statement.nodes.every((node) => node.kind === "text" && node.text.trim() === "")
  );
}
