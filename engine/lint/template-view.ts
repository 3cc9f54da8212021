import type { LineTable } from "../lines.js";
import type { Span } from "../problem.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { SaltRelease } from "../salt-version/release.js";
import type { SaltVersion } from "../salt-version/salt-version.js";
import { fileSyntax } from "../template/syntax/file-syntax.js";
import type { Expression, Node, Template } from "../template/syntax/nodes.js";
import { parseTemplate } from "../template/syntax/parser.js";
import { defaultSettings } from "../template/syntax/settings.js";
import { walk } from "../template/syntax/visit.js";

/** A file's source as a template, the same for every profile: its tree, and questions about it. */
export class TemplateView {
  readonly template: Template;
  /** A `#jinja2: {…}` line. */
  readonly header: Span | undefined;
  /** Whether parts of the source could not be read: then what is not in the tree may still be in the source. */
  readonly isBroken: boolean;
  /** All nodes, parents before children, each with its ancestors (nearest last). */
  readonly nodes: readonly (readonly [Node, readonly Node[]])[];

  constructor(
    readonly path: string,
    readonly source: string,
    readonly lines: LineTable,
    readonly renders: readonly RenderedDefinition[],
    /** The releases of Salt that the profiles run, without repetition. */
    readonly saltVersions: readonly SaltVersion[],
  ) {
    const { settings, header } = fileSyntax(source, defaultSettings, new SaltRelease(saltVersions[0]));
    const { template, faults } = parseTemplate(source, settings, { header });
    this.header = header;
    this.template = template;
    this.isBroken = faults.length > 0;
    this.nodes = [...walk(template)];
  }

  text(range: Span): string {
    return this.source.slice(range.start, range.end);
  }

  /** Whether rendering has already found an error of one of these codes at a place. */
  hasProblem(code: RegExp, range: Span): boolean {
    return this.renders.some((rendered) =>
      rendered.problems.some(
        (problem) =>
          code.test(problem.code) && problem.range.start <= range.end && range.start <= Math.max(problem.range.end, 1),
      ),
    );
  }

  /** The opening tags of the blocks that nothing closes, outermost first. */
  openBlocks(): Span[] {
    const end = this.source.trimEnd().length;
    const reaching = this.nodes.flatMap(([node]) =>
      "tag" in node && node.kind !== "output" && node.end >= end && node.tag.end < node.end ? [node] : [],
    );
    // The end tags at the very end close the innermost of them, unless they are of another kind.
    for (const endTag of endTagsAtEnd(this.source)) {
      if (!reaching.at(-1) || !endTag.includes(`end${reaching.at(-1)?.kind}`)) break;
      reaching.pop();
    }
    return reaching.map(({ tag }) => tag);
  }

  /** The expression that a name stands for, when the template sets that name exactly once and to an expression. */
  valueOf(expression: Expression): Expression {
    if (expression.kind !== "name") return expression;
    const stores = this.nodes.filter(
      ([node]) => node.kind === "name" && node.context !== "load" && node.name === expression.name,
    );
    const [store, ancestors] = stores[0] ?? [];
    const parent = ancestors?.at(-1);
    if (stores.length !== 1 || parent?.kind !== "set" || parent.target !== store) return expression;
    return parent.value;
  }
}

/** The end tags that stand at the very end of a template with nothing but blanks between them, in their order. */
function endTagsAtEnd(source: string): string[] {
  const tags: string[] = [];
  let rest = source.trimEnd();
  while (rest.endsWith("%}")) {
    const start = rest.lastIndexOf("{%");
    const tag = start < 0 ? "" : rest.slice(start);
    if (!/^\{%[-+]?\s*end\w+\s*[-+]?%\}$/.test(tag)) break;
    tags.unshift(tag);
    rest = rest.slice(0, start).trimEnd();
  }
  return tags;
}
