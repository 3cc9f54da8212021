import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import type { DefinitionDocument } from "../definition/document.js";
import type { JinjaPlace } from "./cursor.js";
import { filterNames, functionNames, globalNames, tagNames, testNames } from "./names.js";

/** Completion within `{{ … }}` and `{% … %}`. Looks at the text before the cursor alone, so it works on half a line. */
export function completeJinja(
  document: DefinitionDocument,
  place: JinjaPlace,
  offset: number,
  profiles: readonly Profile[],
): CompletionItem[] {
  const before = document.text.slice(place.start, offset);
  if (place.kind === "statement" && /^\s*\w*$/.test(before)) return items(tagNames, CompletionItemKind.Keyword);
  if (/\|\s*\w*$/.test(before)) return items(filterNames, CompletionItemKind.Function, "filter");
  if (/\bis\s+(not\s+)?\w*$/.test(before)) return items(testNames, CompletionItemKind.Function, "test");
  const member = /\b(salt|grains|pillar|opts)(\.|\[\s*(['"]))([\w.:-]*)$/.exec(before);
  if (member) return members(member[1] as string, member[2] === ".", profiles);
  const getter = /\bsalt(?:\.|\[\s*['"])(grains|pillar)\.get(?:['"]\s*\])?\(\s*['"][\w:-]*$/.exec(before);
  if (getter) return members(getter[1] as string, false, profiles);
  if (insideString(before) || /\.\s*\w*$/.test(before)) return [];
  return [
    ...items(namesIn(document.text), CompletionItemKind.Variable),
    ...items(["salt", "grains", "pillar", "opts"], CompletionItemKind.Module, "from Salt"),
    ...items(globalNames, CompletionItemKind.Function),
    ...items(["true", "false", "none"], CompletionItemKind.Constant),
  ];
}

function members(owner: string, dotted: boolean, profiles: readonly Profile[]): CompletionItem[] {
  if (owner === "salt") return items(functionNames, CompletionItemKind.Function);
  const facts = profiles.map((profile) => ({ name: profile.name, facts: factsOf(profile, owner) }));
  const names = [...new Set(facts.flatMap(({ facts }) => Object.keys(facts)))];
  return names
    .filter((name) => !dotted || /^[A-Za-z_]\w*$/.test(name))
    .sort()
    .map((label) => ({ label, kind: CompletionItemKind.Field, detail: valuesOf(label, facts) }));
}

function factsOf(profile: Profile, owner: string): { readonly [name: string]: unknown } {
  if (owner === "grains") return profile.grains;
  return owner === "pillar" ? profile.pillar : profile.opts;
}

const shownLength = 60;

/** The fact's value where all profiles agree, else each profile's. */
function valuesOf(
  label: string,
  facts: readonly { readonly name: string; readonly facts: { readonly [name: string]: unknown } }[],
): string {
  const values = facts.map(({ name, facts }) => ({ name, value: JSON.stringify(facts[label]) ?? "absent" }));
  const distinct = new Set(values.map(({ value }) => value));
  const text =
    distinct.size === 1 ? [...distinct].join() : values.map(({ name, value }) => `${name}: ${value}`).join(", ");
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

/** What the template itself names: by set, for, macro, import and the load tags. */
function namesIn(text: string): string[] {
  const names = new Set<string>();
  const patterns = [
    /\{%[-+]?\s*(?:set|for)\s+\(?([\w\s,.()]+?)\)?\s*(?:=|\bin\b|%\}|\|)/g,
    /\{%[-+]?\s*macro\s+(\w+)/g,
    /\{%[-+]?\s*(?:load|import)_?\w*\s[^%]*?\bas\s+(\w+)/g,
    /\{%[-+]?\s*from\s[^%]*?\bimport\s+([\w\s,]+)/g,
  ];
  for (const pattern of patterns) {
    for (const [, list = ""] of text.matchAll(pattern)) {
      for (const name of list.split(/[\s,()]+/)) if (/^[A-Za-z_]\w*$/.test(name)) names.add(name);
    }
  }
  return [...names].sort();
}

function insideString(before: string): boolean {
  let quote = "";
  for (let at = 0; at < before.length; at++) {
    const character = before[at] as string;
    if (quote !== "" && character === "\\") at++;
    else if (quote === character) quote = "";
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
  }
  return quote !== "";
}

function items(names: Iterable<string>, kind: CompletionItem["kind"] & number, detail?: string): CompletionItem[] {
  return [...names].map((label) => ({ label, kind, ...(detail !== undefined && { detail }) }));
}
