import type { Fault } from "../fault.js";
import { filters } from "../filters/index.js";
import type { FilterExpression, Node, Template, TestExpression } from "../syntax/nodes.js";
import { childrenOf } from "../syntax/visit.js";
import { tests } from "../tests/index.js";

/**
 * What Jinja's compiler refuses: filters and tests that there are not, unless a condition may keep them from running;
 * a block that is defined twice; `break` and `continue` outside of a loop. In the order in which Jinja meets them.
 */
export function checkTemplate(template: Template): Fault[] {
  const faults: Fault[] = [];
  const blocks = new Set<string>();

  function check(node: Node, conditional: boolean, inLoop: boolean): void {
    if (node.kind === "filter" && !filters.has(node.name) && !conditional) faults.push(unknown("filter", node));
    if (node.kind === "test" && !tests.has(node.name) && !conditional) faults.push(unknown("test", node));
    if (node.kind === "block") {
      if (blocks.has(node.name)) {
        const message = `block '${node.name}' defined twice`;
        const { line, nameSpan: range } = node;
        faults.push({ code: "jinja-syntax", exception: "TemplateAssertionError", message, range, line });
      }
      blocks.add(node.name);
    }
    if (node.kind === "loop-control" && !inLoop) {
      const message = node.action === "break" ? "'break' outside loop" : "'continue' not properly in loop";
      const { start, end, line } = node;
      faults.push({ code: "jinja-syntax", exception: "SyntaxError", message, range: { start, end }, line });
    }
    const soft = node.kind === "if" || node.kind === "conditional" || (conditional && !opensFrame(node));
    const looped = node.kind === "for" || (inLoop && !opensFunction(node));
    for (const child of childrenOf(node)) check(child, soft, looped);
  }

  check(template, false, false);
  return faults;
}

/** Statements whose body is a frame of its own: a condition around them counts no more. */
function opensFrame(node: Node): boolean {
  return /^(for|macro|call-block|filter-block|set-block|with|block|autoescape|load)$/.test(node.kind);
}

function opensFunction(node: Node): boolean {
  return /^(macro|call-block|block|load)$/.test(node.kind);
}

function unknown(what: "filter" | "test", node: FilterExpression | TestExpression): Fault {
  return {
    code: what === "filter" ? "jinja-unknown-filter" : "jinja-unknown-test",
    exception: "TemplateAssertionError",
    message: `No ${what} named '${node.name}'.`,
    range: node.nameSpan,
    line: node.line,
  };
}
