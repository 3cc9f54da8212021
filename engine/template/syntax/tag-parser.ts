import type { Span } from "../../problem.js";
import { ExpressionParser } from "./expression-parser.js";
import type { DataFormat, Import, Name, Print, Statement } from "./nodes.js";
import { matches } from "./token.js";

/** Statements that are one tag, without a body. */
export class TagParser extends ExpressionParser {
  /** Where the tag that was opened last begins. */
  protected tagStart = 0;

  /** A statement without a body: from its name to the end of its tag. */
  protected simple(make: (place: Span & { line: number; tag: Span }) => Statement): Statement {
    const start = this.tagStart;
    const { line } = this.next();
    const statement = make({ start, end: start, line, tag: { start, end: start } });
    const span = this.ended(start);
    return { ...statement, ...span, tag: span };
  }

  /** The span of a statement whose last tag is being read: to that tag's end. */
  protected ended(start: number): Span {
    return { start, end: Math.max(start, this.at("block_end") ? this.current.end : this.lastEnd) };
  }

  /** `{% print a, b %}` */
  protected printStatement(): Statement {
    return this.simple((place) => {
      const nodes: Print[] = [];
      while (!this.failing && !this.at("block_end")) {
        if (nodes.length > 0) this.expect("comma");
        const expression = this.expression();
        const { start, end, line } = expression;
        nodes.push({ kind: "print", expression, start, end, line });
      }
      return { kind: "output", nodes, ...place };
    });
  }

  protected templateStatement(kind: "extends" | "include"): Statement {
    return this.simple((place) => {
      const template = this.expression();
      if (kind === "extends") return { kind, template, ...place };
      const ignoreMissing = this.at("name:ignore") && matches(this.following, "name:missing");
      if (ignoreMissing) {
        this.next();
        this.next();
      }
      return { kind, template, ignoreMissing, withContext: this.contextClause() ?? true, ...place };
    });
  }

  /** `with context` or `without context`; undefined when neither stands here. */
  protected contextClause(): boolean | undefined {
    if (this.failing || !this.at("name:with", "name:without") || !matches(this.following, "name:context")) {
      return undefined;
    }
    const withContext = this.next().value === "with";
    this.next();
    return withContext;
  }

  protected importStatement(): Import {
    return this.simple((place) => {
      const template = this.expression();
      this.expect("name:as");
      const target = this.nameTarget();
      return { kind: "import", template, target, withContext: this.contextClause() ?? false, ...place };
    }) as Import;
  }

  protected fromStatement(): Statement {
    return this.simple((place) => {
      const template = this.expression();
      this.expect("name:import");
      const names: { name: string; nameSpan: Span; target: Name }[] = [];
      let withContext: boolean | undefined;
      while (!this.failing) {
        if (names.length > 0) this.expect("comma");
        if (!this.at("name")) {
          this.expect("name");
          break;
        }
        withContext = this.contextClause();
        if (withContext !== undefined) break;
        const imported = this.nameTarget();
        if (imported.name.startsWith("_")) {
          const message = "names starting with an underline can not be imported";
          this.fail(message, { line: imported.line, range: imported, exception: "TemplateAssertionError" });
        }
        const target = this.skipIf("name:as") ? this.nameTarget() : imported;
        names.push({ name: imported.name, nameSpan: { start: imported.start, end: imported.end }, target });
        withContext = this.contextClause();
        if (withContext !== undefined || !this.at("comma")) break;
      }
      return { kind: "from-import", template, names, withContext: withContext ?? false, ...place };
    });
  }

  protected doStatement(): Statement {
    return this.simple((place) => ({ kind: "do", expression: this.tuple(), ...place }));
  }

  protected dataImportStatement(): Statement {
    const format = this.current.value.slice(7) as DataFormat;
    const statement = this.importStatement();
    const { start, end, line, tag } = statement;
    return { kind: "data-import", format, import: statement, start, end, line, tag };
  }

  /** A single name that is set. */
  protected nameTarget(): Name {
    const { value: name, start, end, line } = this.expect("name");
    if (/^([tT]rue|[fF]alse|[nN]one)$/.test(name)) this.fail("can't assign to 'name'", { line, range: { start, end } });
    return { kind: "name", name, context: "store", start, end, line };
  }
}
