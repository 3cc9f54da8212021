import type { Fault } from "../fault.js";
import type { Block } from "../syntax/nodes.js";
import { parseTemplate } from "../syntax/parser.js";
import type { SyntaxSettings } from "../syntax/settings.js";
import { walk } from "../syntax/visit.js";
import { checkTemplate } from "./check-template.js";
import { compileBody, type Execute } from "./compile-statement.js";

/** A template that was read once and can be run any number of times, with any context. */
export interface CompiledTemplate {
  /** What Jinja's parser and compiler refuse; such a template is not run. */
  readonly faults: readonly Fault[];
  readonly body: Execute;
  /** Whether an `extends` stands in it. */
  readonly extending: boolean;
  readonly blocks: readonly { readonly name: string; readonly body: Execute }[];
}

export function compileTemplate(source: string, settings: SyntaxSettings): CompiledTemplate {
  const { template, faults } = parseTemplate(source, settings);
  const all = faults.length > 0 ? faults : checkTemplate(template);
  const blocks: Block[] = [];
  let extending = false;
  for (const [node] of walk(template)) {
    if (node.kind === "block") blocks.push(node);
    if (node.kind === "extends") extending = true;
  }
  return {
    faults: all,
    body: compileBody(template.body),
    extending,
    blocks: blocks.map(({ name, body }) => ({ name, body: compileBody(body) })),
  };
}
