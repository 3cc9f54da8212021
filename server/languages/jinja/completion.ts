import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import { filters as filterTable } from "../../../engine/template/filters/index.js";
import type { Token } from "../../../engine/template/syntax/token.js";
import { tests as testTable } from "../../../engine/template/tests/index.js";
import type { ClientFeatures } from "../client-features.js";
import { blockSnippets } from "./block-snippets.js";
import type { TagPlace } from "./cursor.js";
import { describeFacts, type Fact, factsOf, getterOf, memberOf } from "./facts.js";
import { macroCall } from "./macro-call.js";
import { filterNames, functionNames, globalNames, loopMembers, saltNames, tagNames, testNames } from "./names.js";
import { endsOperand, expressionBefore } from "./owner.js";
import { isAtImportedName, isAtImportPath, isWord, statementWords } from "./statement-words.js";
import { staticValues } from "./static-value.js";
import { visibleAt } from "./symbols.js";
import { exportedNames, moduleNamed } from "./target.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

/** What a completion within a tag knows of the rest of the world. */
export interface JinjaFacts {
  readonly profiles: readonly Profile[];
  readonly templates: TemplateFiles;
}

/** What a completion within a tag looks at. */
interface Cursor extends JinjaFacts {
  readonly document: TemplateDocument;
  readonly place: TagPlace;
}

/** Completion within `{{ … }}` and `{% … %}`. Looks at what is before the cursor, so it works on half a line. */
export function completeJinja(
  document: TemplateDocument,
  place: TagPlace,
  facts: JinjaFacts,
  client: ClientFeatures,
): CompletionItem[] {
  const cursor = { document, place, ...facts };
  if (place.string !== undefined) return inString(cursor);
  const { before, kind } = place;
  if (kind === "statement") {
    if (before.length === 0) return tags(cursor, client);
    if (isAtImportedName(before)) return importedNames(cursor);
    if (isWord(before[0], "filter") && before.length === 1) return filters();
    const words = statementWords(before);
    if (words) return ranked([[words, { kind: CompletionItemKind.Keyword }]]);
  }
  return inExpression(cursor);
}

function tags({ document, place }: Cursor, client: ClientFeatures): CompletionItem[] {
  const ends = document.template.openEndsAt(
    document.lines.text.lastIndexOf(document.template.settings.blockStart, place.content.start),
  );
  const words = ranked([
    [ends, { kind: CompletionItemKind.Keyword }],
    [tagNames, { kind: CompletionItemKind.Keyword }],
  ]);
  return [...words, ...blockSnippets(document, place, client)];
}

/** The names of the template that `{% from 'path' import …` names, without those that are there already. */
function importedNames({ document, templates, place }: Cursor): CompletionItem[] {
  const path = place.before[1];
  const home = path?.type === "string" ? templates.imported(document, path.value) : undefined;
  const taken = new Set(place.before.slice(2).map(({ value }) => value));
  return exportsOf(home).filter(({ label }) => !taken.has(label));
}

/** What a template gives to those that import it. */
function exportsOf(home: TemplateDocument | undefined): CompletionItem[] {
  if (!home) return [];
  return exportedNames(home).map(({ name, kind }) => {
    const call = kind === "macro" ? macroCall(home, name) : undefined;
    return {
      label: name,
      kind: kind === "macro" ? CompletionItemKind.Function : CompletionItemKind.Variable,
      ...(call !== undefined && { detail: call }),
    };
  });
}

function inExpression(cursor: Cursor): CompletionItem[] {
  const { before, kind } = cursor.place;
  const last = before.at(-1);
  const isOperand = endsOperand(last) && !(kind === "statement" && before.length === 1);
  if (last?.type === "pipe") return filters();
  if (last?.type === "dot") return members(cursor, before.slice(0, -1), true);
  if (isWord(last, "is") || (isWord(last, "not") && isWord(before.at(-2), "is")))
    return calls(testNames, testTable, "test");
  if (isOperand) {
    const words = ["and", "or", "in", "not in", "is", "if", "else"];
    return ranked([[words, { kind: CompletionItemKind.Keyword }]]);
  }
  return names(cursor);
}

function names({ document, place }: Cursor): CompletionItem[] {
  const own = visibleAt(document.template.symbols, place.word.start, place.content);
  const named = (isMacro: boolean) => own.filter(({ kind }) => (kind === "macro") === isMacro).map(({ name }) => name);
  return ranked([
    [named(false), { kind: CompletionItemKind.Variable }],
    [named(true), { kind: CompletionItemKind.Function, detail: "macro" }],
    [saltNames, { kind: CompletionItemKind.Module, detail: "from Salt" }],
    [globalNames, { kind: CompletionItemKind.Function }],
    [["true", "false", "none"], { kind: CompletionItemKind.Constant }],
  ]).map((item) => {
    const call = item.detail === "macro" ? macroCall(document, item.label) : undefined;
    return call === undefined ? item : { ...item, detail: `macro ${call}` };
  });
}

function inString(cursor: Cursor): CompletionItem[] {
  const { document, place, templates } = cursor;
  const { before, kind } = place;
  if (kind === "statement" && isAtImportPath(before))
    return templates.paths(document).map((label) => ({ label, kind: CompletionItemKind.File }));
  const owner = before.slice(0, -1);
  switch (before.at(-1)?.type) {
    case "lbracket":
      return members(cursor, owner, false);
    case "lparen":
      return keysOfGetter(cursor, owner);
    case "eq":
    case "ne":
      return comparedValues(cursor, owner);
    default:
      return [];
  }
}

/** The members of what stands before a dot or a bracket. */
function members(cursor: Cursor, owner: readonly Token[], isDotted: boolean): CompletionItem[] {
  const { document, place, profiles, templates } = cursor;
  const expression = expressionBefore(document.lines.text, owner);
  if (!expression) return [];
  if (expression.kind === "name") {
    const { name } = expression;
    if (name === "salt") return ranked([[functionNames, { kind: CompletionItemKind.Function }]]);
    if (name === "loop") return ranked([[loopMembers, { kind: CompletionItemKind.Field }]]);
    const module = moduleNamed(document, name, templates);
    if (module) return exportsOf(module);
  }
  const facts = factsOf(expression, profiles);
  if (facts) return fields(facts, isDotted);
  const values = staticValues(document.template, expression, place.word.start);
  return fields(
    values.map((value) => ({ profile: undefined, value })),
    isDotted,
  );
}

/** The first argument of `salt['grains.get']('…')` and `grains.get('…')`. */
function keysOfGetter({ document, profiles }: Cursor, callee: readonly Token[]): CompletionItem[] {
  const expression = expressionBefore(document.lines.text, callee);
  if (!expression) return [];
  const root = getterOf(expression);
  if (root)
    return fields(
      profiles.map((profile) => ({ profile: profile.name, value: profile[root] })),
      false,
    );
  if (expression.kind !== "attribute" || expression.attribute !== "get") return [];
  return fields(factsOf(expression.node, profiles) ?? [], false);
}

/** What a fact is compared with: its value under each profile. */
function comparedValues({ document, profiles }: Cursor, left: readonly Token[]): CompletionItem[] {
  const expression = expressionBefore(document.lines.text, left);
  const facts = (expression && factsOf(expression, profiles)) ?? [];
  const values = new Map<string, string[]>();
  for (const { profile, value } of facts) {
    if (typeof value === "string") values.set(value, [...(values.get(value) ?? []), profile]);
  }
  return [...values].map(([label, names]) => ({ label, kind: CompletionItemKind.Value, detail: names.join(", ") }));
}

function fields(facts: readonly Fact[], isDotted: boolean): CompletionItem[] {
  const keys = facts.flatMap(({ value }) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [],
  );
  return [...new Set(keys)]
    .filter((key) => !isDotted || /^[A-Za-z_]\w*$/.test(key))
    .sort()
    .map((label) => ({
      label,
      kind: CompletionItemKind.Field,
      detail: describeFacts(facts.map(({ profile, value }) => ({ profile, value: memberOf(value, label) }))),
    }));
}

function filters(): CompletionItem[] {
  return calls(filterNames, filterTable, "filter");
}

/** Filters or tests, each with what may stand in its parentheses. */
function calls(
  names: readonly string[],
  table: ReadonlyMap<string, { readonly call: { readonly parameters?: readonly string[] } }>,
  what: string,
): CompletionItem[] {
  return names.map((label) => {
    const parameters = table.get(label)?.call.parameters ?? [];
    const detail = parameters.length > 0 ? `${what} ${label}(${parameters.join(", ")})` : what;
    return { label, kind: CompletionItemKind.Function, detail };
  });
}

/** Items of several kinds, those of the first first; a name that two of them have is of the first. */
function ranked(
  groups: readonly (readonly [readonly string[], { readonly kind: CompletionItemKind; readonly detail?: string }])[],
): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const [rank, [labels, shape]] of groups.entries()) {
    for (const label of labels)
      if (!items.has(label)) items.set(label, { label, ...shape, sortText: `${rank}${label}` });
  }
  return [...items.values()];
}
