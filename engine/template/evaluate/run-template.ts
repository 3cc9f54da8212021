import { PyError } from "../../value/types.js";
import type { Fault } from "../fault.js";
import { BlockTable } from "./blocks.js";
import type { CompiledTemplate } from "./compile-template.js";
import { LocatedError, located } from "./located-error.js";
import { Output } from "./output.js";
import type { Rendering } from "./rendering.js";
import type { Scope } from "./scope.js";

/**
 * Runs a template from its first statement to its last. One that extends another then hands over to it: what it printed
 * itself is dropped, and its blocks are used.
 * @throws LocatedError
 */
export function runTemplate(template: CompiledTemplate, rendering: Rendering, scope: Scope, output: Output): void {
  located(rendering, () =>
    rendering.budget.nested(() => {
      refuse(template.faults[0], rendering);
      const table = rendering.blocks ?? new BlockTable(scope);
      rendering.blocks = table;
      for (const { name, body } of template.blocks) table.add(name, { body, rendering });
      // What a template that extends another prints itself is never seen.
      const own = template.extending ? new Output(rendering.mapped) : output;
      template.body(rendering, scope, own);
      const { parent } = rendering;
      if (!parent) {
        if (own !== output) output.append(own);
        return;
      }
      const next = rendering.imported(parent.path);
      next.blocks = table;
      runTemplate(parent.template, next, scope, output);
    }),
  );
}

/** A template that cannot be compiled is raised where it is loaded. */
function refuse(fault: Fault | undefined, rendering: Rendering): void {
  if (!fault) return;
  const error = new PyError(fault.exception, fault.message);
  throw new LocatedError(error, { ...fault.range, line: fault.line }, fault.line, rendering.file);
}
