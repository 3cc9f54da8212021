import type { Profile } from "../../../engine/config/profile.js";
import type { Span } from "../../../engine/problem.js";
import { filters, isSaltFilter } from "../../../engine/template/filters/index.js";
import type { Expression, FilterExpression, Node, TestExpression } from "../../../engine/template/syntax/nodes.js";
import { tests } from "../../../engine/template/tests/index.js";
import { inlineCode } from "../markdown.js";
import { factsOf, saltFunctionOf } from "./facts.js";
import { commentAbove, macroNamedAt, signatureOf } from "./macro-call.js";
import { functionNames } from "./names.js";
import { holds, nodesAt } from "./node-path.js";
import { reachingDefinitions } from "./reaching.js";
import { nameAt } from "./target.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

export interface HoverContent {
  readonly markdown: string;
  /** In the source. */
  readonly range?: Span;
}

/** What a name of a template means: a filter or test, a function of Salt, a macro, a variable. */
export function jinjaHover(document: TemplateDocument, offset: number, files: TemplateFiles): HoverContent | undefined {
  return calledHover(nodesAt(document.template.tree, offset), offset) ?? nameHover(document, offset, files);
}

function calledHover(path: readonly Node[], offset: number): HoverContent | undefined {
  for (const node of path.toReversed()) {
    if ((node.kind === "filter" || node.kind === "test") && holds(node.nameSpan, offset)) {
      const table: ReadonlyMap<string, { readonly call: { readonly parameters?: readonly string[] } }> =
        node.kind === "filter" ? filters : tests;
      const found = table.get(node.name);
      if (!found) return undefined;
      const call = found.call.parameters?.length ? `${node.name}(${found.call.parameters.join(", ")})` : node.name;
      const usage = node.kind === "filter" ? `value | ${call}` : `value is ${call}`;
      return { markdown: `${inlineCode(usage)}\n\n${whereDocumented(node)}`, range: node.nameSpan };
    }
    if (node.kind !== "item" && node.kind !== "attribute") continue;
    const name = saltFunctionOf(node);
    if (name === undefined) continue;
    const answer = functionNames.includes(name)
      ? "Answered from the profile's facts."
      : "Not run while editing: its answer comes from the profile's section `functions`.";
    return { markdown: `${inlineCode(`salt['${name}']`)}\n\nexecution function of Salt. ${answer}`, range: node };
  }
  return undefined;
}

const jinjaManual = "https://jinja.palletsprojects.com/en/3.1.x/templates/";
const saltManual = "https://docs.saltproject.io/en/latest/topics/jinja/index.html";

const saltTests = new Set(["list", "match"]);

function whereDocumented({ kind, name }: FilterExpression | TestExpression): string {
  if (kind === "filter" && isSaltFilter(name)) return `filter of Salt: [manual](${saltManual})`;
  if (kind === "test" && saltTests.has(name)) return `test of Salt: [manual](${saltManual})`;
  return `${kind} of Jinja: [manual](${jinjaManual}#jinja-${kind}s.${name})`;
}

/** What each profile says of a fact: of the expression whose last part is at the place. */
export function factHover(
  { template }: TemplateDocument,
  offset: number,
  profiles: readonly Profile[],
): HoverContent | undefined {
  for (const node of nodesAt(template.tree, offset)) {
    if (!isFact(node) || !holds(lastPartOf(node), offset)) continue;
    const facts = factsOf(node, profiles);
    if (!facts) continue;
    const groups = new Map<string, string[]>();
    for (const { profile, value } of facts) {
      const shown = shownValue(value);
      groups.set(shown, [...(groups.get(shown) ?? []), profile]);
    }
    const lines = [...groups].map(([value, names]) => `- ${names.join(", ")}: ${value}`);
    return { markdown: `**Fact of the machine**\n\n${lines.join("\n")}`, range: { start: node.start, end: node.end } };
  }
  return undefined;
}

type FactExpression = Extract<Expression, { kind: "attribute" | "item" | "call" }>;

function isFact(node: Node): node is FactExpression {
  return node.kind === "attribute" || node.kind === "item" || node.kind === "call";
}

function lastPartOf(node: FactExpression): Span {
  if (node.kind === "attribute") return node.attributeSpan;
  return node.kind === "item" ? node.argument : (node.arguments.parentheses ?? node);
}

function shownValue(value: unknown): string {
  if (value === undefined) return "*not there*";
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return `${Object.keys(value).length} keys`;
  return inlineCode(JSON.stringify(value));
}

function nameHover(document: TemplateDocument, offset: number, files: TemplateFiles): HoverContent | undefined {
  const found = nameAt(document, offset, files);
  const symbol = found?.exported?.symbol ?? found?.local;
  if (!found || !symbol) return undefined;
  const home = found.exported?.home ?? document;
  const from = home.uri === document.uri ? "" : ` from ${inlineCode(fileName(home.uri))}`;
  const { tree } = home.template;
  const places = reachingDefinitions(tree, symbol, home === document ? offset : home.lines.text.length);
  const macro = places.map(({ start }) => macroNamedAt(tree, start)).find((each) => each !== undefined);
  const range = found.span;
  if (macro) {
    const comment = commentAbove(home, macro);
    const call = inlineCode(signatureOf(home, macro));
    return { markdown: `macro ${call}${from}${comment ? `\n\n${comment}` : ""}`, range };
  }
  const lines = places.map(({ start }) => home.lines.lineText(home.lines.lineAt(start)).trim());
  return {
    markdown: `${symbol.kind}${from}\n\n${[...new Set(lines)].map((line) => `- ${inlineCode(line)}`).join("\n")}`,
    range,
  };
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}
