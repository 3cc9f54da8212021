import { BlockTable } from "./blocks.js";
import { located } from "./located-error.js";
import type { Output } from "./output.js";
import type { CompiledTemplate, Rendering } from "./rendering.js";
import { ContextScope, Scope } from "./scope.js";

/**
 * Runs a template from its first statement to its last, in a frame inside of `outer`, which is answered. One that extends
 * another then hands over to it: what it prints itself from there on is dropped, and its blocks are used.
 * @throws LocatedError
 */
export function runTemplate(template: CompiledTemplate, rendering: Rendering, outer: Scope, output: Output): Scope {
  return located(rendering, () =>
    rendering.budget.nested(() => {
      const scope = new Scope(outer, template.unset);
      const table = rendering.blocks ?? new BlockTable();
      table.root = new ContextScope(scope);
      rendering.blocks = table;
      for (const block of template.blocks) table.add({ ...block, rendering });
      template.body(rendering, scope, output);
      const { parent } = rendering;
      if (!parent) return scope;
      const next = rendering.imported(parent);
      next.blocks = table;
      runTemplate(parent.template, next, new ContextScope(scope), output);
      return scope;
    }),
  );
}
