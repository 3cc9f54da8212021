import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import type { Token } from "../../../engine/template/syntax/token.js";
import type { TagPlace } from "./cursor.js";
import { describeFacts, type Fact, factsOf, getterOf, memberOf } from "./facts.js";
import { filterNames, functionNames, globalNames, saltNames, tagNames, testNames } from "./names.js";
import { endsOperand, expressionBefore } from "./owner.js";
import { visibleAt } from "./symbols.js";
import type { TemplateText } from "./template-text.js";

/** What a completion within a tag looks at. */
interface Cursor {
  readonly template: TemplateText;
  readonly place: TagPlace;
  readonly profiles: readonly Profile[];
}

/** Completion within `{{ … }}` and `{% … %}`. Looks at what is before the cursor, so it works on half a line. */
export function completeJinja(template: TemplateText, place: TagPlace, profiles: readonly Profile[]): CompletionItem[] {
  const cursor = { template, place, profiles };
  if (place.string !== undefined) return inString(cursor);
  const { before, kind } = place;
  if (kind === "statement") {
    if (before.length === 0) return tags(cursor);
    const word = statementWord(before);
    if (word) return word;
  }
  return inExpression(cursor);
}

function tags({ template, place }: Cursor): CompletionItem[] {
  const ends = template.openEndsAt(tagStart(template.text, place));
  return ranked([
    [ends, { kind: CompletionItemKind.Keyword }],
    [tagNames, { kind: CompletionItemKind.Keyword }],
  ]);
}

/** Where the delimiter of the place's tag begins. */
function tagStart(text: string, { content }: TagPlace): number {
  return text.lastIndexOf("{%", content.start);
}

/** What the grammar of a statement wants at its place: a word, or a new name that nobody can propose. */
function statementWord(before: readonly Token[]): CompletionItem[] | undefined {
  const [tag, ...rest] = before.map((token) => (token.type === "name" ? token.value : token.type));
  const last = rest.at(-1);
  const keywords = (...words: string[]) => ranked([[words, { kind: CompletionItemKind.Keyword }]]);
  if (last === "as") return [];
  switch (tag) {
    case "for":
      if (rest.includes("in")) return undefined;
      return endsOperand(before.at(-1)) && rest.length > 0 ? keywords("in") : [];
    case "set":
      return rest.includes("assign") || rest.includes("pipe") ? undefined : [];
    case "with":
      return rest.length === 0 || last === "comma" ? [] : undefined;
    case "macro":
      return rest.at(-1) === "assign" ? undefined : [];
    case "block":
      return rest.length > 0 ? keywords("scoped", "required") : [];
    case "load_yaml":
    case "load_json":
    case "load_text":
    case "profile":
      return rest.length === 0 ? keywords("as") : [];
    case "import":
    case "import_yaml":
    case "import_json":
    case "import_text":
      if (rest.length === 0) return undefined;
      return rest.includes("as") ? keywords("with context", "without context") : keywords("as");
    case "from":
      if (rest.length === 0) return undefined;
      if (!rest.includes("import")) return keywords("import");
      return last === "import" || last === "comma" ? [] : keywords("as", "with context", "without context");
    case "include":
      return rest.length === 0 ? undefined : keywords("ignore missing", "with context", "without context");
    case "filter":
      return rest.length === 0 ? filters() : undefined;
    default:
      return undefined;
  }
}

function inExpression(cursor: Cursor): CompletionItem[] {
  const { before, kind } = cursor.place;
  const last = before.at(-1);
  const isOperand = endsOperand(last) && !(kind === "statement" && before.length === 1);
  if (last?.type === "pipe") return filters();
  if (last?.type === "dot") return members(cursor, before.slice(0, -1), true);
  if (isWord(last, "is") || (isWord(last, "not") && isWord(before.at(-2), "is")))
    return ranked([[testNames, { kind: CompletionItemKind.Function, detail: "test" }]]);
  if (isOperand) {
    const words = ["and", "or", "in", "not in", "is", "if", "else"];
    return ranked([[words, { kind: CompletionItemKind.Keyword }]]);
  }
  return names(cursor);
}

function names({ template, place }: Cursor): CompletionItem[] {
  const own = visibleAt(template.symbols, place.word.start, place.content);
  const named = (isMacro: boolean) => own.filter(({ kind }) => (kind === "macro") === isMacro).map(({ name }) => name);
  return ranked([
    [named(false), { kind: CompletionItemKind.Variable }],
    [named(true), { kind: CompletionItemKind.Function, detail: "macro" }],
    [saltNames, { kind: CompletionItemKind.Module, detail: "from Salt" }],
    [globalNames, { kind: CompletionItemKind.Function }],
    [["true", "false", "none"], { kind: CompletionItemKind.Constant }],
  ]);
}

function inString(cursor: Cursor): CompletionItem[] {
  const { before } = cursor.place;
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
function members({ template, profiles }: Cursor, owner: readonly Token[], isDotted: boolean): CompletionItem[] {
  const expression = expressionBefore(template.text, owner);
  if (!expression) return [];
  if (expression.kind === "name" && expression.name === "salt")
    return ranked([[functionNames, { kind: CompletionItemKind.Function }]]);
  const facts = factsOf(expression, profiles) ?? [];
  return fields(facts, isDotted);
}

/** The first argument of `salt['grains.get']('…')` and `grains.get('…')`. */
function keysOfGetter({ template, profiles }: Cursor, callee: readonly Token[]): CompletionItem[] {
  const expression = expressionBefore(template.text, callee);
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
function comparedValues({ template, profiles }: Cursor, left: readonly Token[]): CompletionItem[] {
  const expression = expressionBefore(template.text, left);
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
  return ranked([[filterNames, { kind: CompletionItemKind.Function, detail: "filter" }]]);
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

function isWord(token: Token | undefined, word: string): boolean {
  return token?.type === "name" && token.value === word;
}
