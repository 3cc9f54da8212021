import { PyError } from "../../value/types.js";
import type { Fault } from "../fault.js";
import { BlockTable } from "./blocks.js";
import type { CompiledTemplate } from "./compile-template.js";
import { LocatedError, located } from "./located-error.js";
import type { Output } from "./output.js";
import type { Rendering } from "./rendering.js";
import { Scope } from "./scope.js";

/**
 * Runs a template from its first statement to its last, in a frame inside of `outer`, which is answered. One that extends
 * another then hands over to it: what it prints itself from there on is dropped, and its blocks are used.
 * @throws LocatedError
 */
export function runTemplate(template: CompiledTemplate, rendering: Rendering, outer: Scope, output: Output): Scope {
  return located(rendering, () =>
    rendering.budget.nested(() => {
      refuse(template.faults[0], rendering);
      const scope = new Scope(outer, template.unset);
      const table = rendering.blocks ?? new BlockTable(scope);
      table.root = scope;
      rendering.blocks = table;
      for (const block of template.blocks) table.add({ ...block, rendering });
      template.body(rendering, scope, output);
      const { parent } = rendering;
      if (!parent) return scope;
      output.muted = false;
      const next = rendering.imported(parent);
      next.blocks = table;
      runTemplate(parent.template, next, scope, output);
      return scope;
    }),
  );
}

/** A template that cannot be compiled is raised where it is loaded. */
function refuse(fault: Fault | undefined, rendering: Rendering): void {
  if (!fault) return;
  const error = new PyError(fault.exception, fault.message);
  throw new LocatedError(error, { ...fault.range, line: fault.line }, fault.line, rendering.file);
}
