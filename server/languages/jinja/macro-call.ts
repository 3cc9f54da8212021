import type { Macro, Node } from "../../../engine/template/syntax/nodes.js";
import { nodesAt } from "./node-path.js";
import type { TemplateDocument } from "./template-document.js";

/** How a macro is called: `link(version, arch='x64')`. */
export function signatureOf({ lines }: TemplateDocument, { name, signature }: Macro): string {
  const { parameters, defaults } = signature;
  const first = parameters.length - defaults.length;
  const written = parameters.map((parameter, index) => {
    const initial = defaults[index - first];
    return initial ? `${parameter.name}=${lines.text.slice(initial.start, initial.end)}` : parameter.name;
  });
  return `${name}(${written.join(", ")})`;
}

/** How the macro of a name at the top of a template is called. */
export function macroCall(home: TemplateDocument, name: string): string | undefined {
  const macro = home.template.tree.body.findLast((node): node is Macro => node.kind === "macro" && node.name === name);
  return macro && signatureOf(home, macro);
}

/** The comment that ends directly above a macro. */
export function commentAbove({ lines }: TemplateDocument, { start }: Macro): string | undefined {
  return /\{#-?\s*([^{}]*?)\s*-?#\}\s*$/.exec(lines.text.slice(0, start))?.[1];
}

export function macroNamedAt(root: Node, start: number): Macro | undefined {
  return nodesAt(root, start).find((node): node is Macro => node.kind === "macro" && node.nameSpan.start === start);
}
