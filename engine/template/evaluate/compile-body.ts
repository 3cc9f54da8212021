import type { Statement } from "../syntax/nodes.js";
import type { CompileFrame } from "./compile-frame.js";
import { type Execute, Flow } from "./rendering.js";

/** Statements one after the other, until one of them leaves the loop. `frame` is the one that they stand in. */
export function compileBody(statements: readonly Statement[], frame: CompileFrame): Execute {
  const compiled = statements.map((statement) => frame.compileStatement(statement, frame));
  const [only] = compiled;
  if (only && compiled.length === 1) return only;
  return (rendering, scope, output) => {
    for (const execute of compiled) {
      const flow = execute(rendering, scope, output);
      if (flow !== Flow.next) return flow;
    }
    return Flow.next;
  };
}
