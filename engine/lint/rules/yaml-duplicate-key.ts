import { str } from "../../value/repr.js";
import { hashKey } from "../../value/types.js";
import type { YamlMapping, YamlNode } from "../../yaml/node.js";
import type { DefinitionContext } from "../definition-context.js";
import type { DefinitionRule } from "../rule.js";

export const yamlDuplicateKey: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "yaml-duplicate-key",
    title: "A key that stands twice in one mapping.",
    severity: "error",
    salt: 'Salt rejects the file with "found conflicting ID" and takes nothing from it.',
    why: "The same version in a list twice, a version key that does not use all of the loop's variables, an attribute copied twice: YAML elsewhere lets the last one win, Salt does not.",
    example: {
      bad: "app:\n  {% for version in ['1.2', '1.1', '1.2'] %}\n  '{{ version }}':\n    full_name: 'App {{ version }}'\n  {% endfor %}\n",
      good: "app:\n  {% for version in ['1.2', '1.1'] %}\n  '{{ version }}':\n    full_name: 'App {{ version }}'\n  {% endfor %}\n",
    },
    fixable: "no",
  },
  check(context) {
    if (context.rendered.root) checkNode(context, context.rendered.root, new Set());
  },
};

function checkNode(context: DefinitionContext, node: YamlNode, seen: Set<YamlNode>): void {
  if (node.kind === "scalar" || seen.has(node)) return;
  seen.add(node);
  if (node.kind === "sequence") {
    for (const item of node.items) checkNode(context, item, seen);
    return;
  }
  checkMapping(context, node);
  for (const { value } of node.pairs) checkNode(context, value, seen);
}

function checkMapping(context: DefinitionContext, mapping: YamlMapping): void {
  const first = new Map<unknown, YamlNode>();
  for (const { key } of mapping.pairs) {
    if (key.kind !== "scalar" || (key.style === "plain" && key.value === "<<")) continue;
    const hash = hashKey(key.value);
    const earlier = first.get(hash);
    if (earlier) report(context, earlier, key);
    else first.set(hash, key);
  }
}

function report(context: DefinitionContext, earlier: YamlNode, key: YamlNode): void {
  const name = str(key.value);
  const places = [place(context, earlier), place(context, key)] as const;
  const samePlace = places[0].start === places[1].start;
  const byLoop = samePlace || context.locator.origin(key.span) !== undefined;
  context.report({
    range: places[1],
    message: byLoop ? `A loop makes the key '${name}' twice.` : `The key '${name}' stands twice in the same mapping.`,
    salt: `Salt reports "found conflicting ID '${name}'" and takes nothing from the file.`,
    advice: byLoop ? "Remove one of the items, or make the key tell them apart." : "Remove one of the two.",
    ...(!samePlace && {
      related: [{ file: context.path, range: places[0], message: `'${name}' the first time` }],
    }),
  });
}

/** Of two turns of one loop the items are different places, while the line that prints the key is one. */
function place(context: DefinitionContext, key: YamlNode): { start: number; end: number } {
  return context.locator.origin(key.span) ?? context.locator.loopItem(key.span) ?? context.written(key);
}
