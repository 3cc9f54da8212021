import type { Span } from "../../problem.js";
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
    rejects: true,
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
  const equal = new Map<unknown, YamlNode[]>();
  for (const { key } of mapping.pairs) {
    if (key.kind !== "scalar" || (key.style === "plain" && key.value === "<<")) continue;
    const hash = hashKey(key.value);
    const earlier = equal.get(hash);
    if (earlier) earlier.push(key);
    else equal.set(hash, [key]);
  }
  for (const [first, ...more] of equal.values()) if (first && more.length > 0) report(context, first, more);
}

/** All that is equal is one finding, at the second key: there Salt stops. */
function report(context: DefinitionContext, first: YamlNode, more: readonly YamlNode[]): void {
  const name = str(first.value);
  const places = more.map(
    (key) => distinct(context, first, key) ?? ([context.written(first), context.written(key)] as const),
  );
  const [[start, second]] = places as [readonly [Span, Span]];
  const byLoop = more.every((key) => context.written(key).start === context.written(first).start);
  const times = more.length === 1 ? "twice" : `${more.length + 1} times`;
  const others = places.slice(1).map(([, place]) => ({ range: place, message: `'${name}' again` }));
  context.report({
    range: second,
    message: byLoop
      ? `A loop makes the key '${name}' ${times}.`
      : `The key '${name}' stands ${times} in the same mapping.`,
    salt: `Salt reports "found conflicting ID '${name}'" and takes nothing from the file.`,
    advice: byLoop ? "Remove all but one of the items, or make the key tell them apart." : "Remove all but one.",
    related: [{ range: start, message: `'${name}' the first time` }, ...others].filter(
      ({ range }) => range.start !== second.start,
    ),
  });
}

/** Two places that made the keys: the literals that their text was taken from, or the items of the loop that printed one line twice. */
function distinct({ locator }: DefinitionContext, earlier: YamlNode, key: YamlNode): readonly [Span, Span] | undefined {
  const pairs = [
    [locator.origin(earlier.span), locator.origin(key.span)],
    [locator.written(earlier.span), locator.written(key.span)],
    [locator.loopItem(earlier.span), locator.loopItem(key.span)],
  ] as const;
  const found = pairs.find(([first, second]) => first && second && first.start !== second.start);
  return found as readonly [Span, Span] | undefined;
}
