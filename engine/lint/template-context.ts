import type { LineTable } from "../lines.js";
import type { Span } from "../problem.js";
import type { Expression, Template } from "../template/syntax/nodes.js";
import type { Report } from "./report.js";
import type { TemplateView } from "./template-view.js";

/** What one rule sees of a file's source, and where it reports. */
export class TemplateContext {
  readonly template: Template;
  readonly isBroken: TemplateView["isBroken"];
  readonly nodes: TemplateView["nodes"];
  readonly path: string;
  readonly source: string;
  readonly lines: LineTable;
  readonly header: TemplateView["header"];
  readonly saltVersions: TemplateView["saltVersions"];
  readonly #view: TemplateView;

  constructor(
    view: TemplateView,
    readonly report: (report: Report) => void,
  ) {
    this.#view = view;
    this.template = view.template;
    this.isBroken = view.isBroken;
    this.nodes = view.nodes;
    this.path = view.path;
    this.source = view.source;
    this.lines = view.lines;
    this.header = view.header;
    this.saltVersions = view.saltVersions;
  }

  text(range: Span): string {
    return this.#view.text(range);
  }

  hasProblem(code: RegExp, range: Span): boolean {
    return this.#view.hasProblem(code, range);
  }

  valueOf(expression: Expression): Expression {
    return this.#view.valueOf(expression);
  }
}
