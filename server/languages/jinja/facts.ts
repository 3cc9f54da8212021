import type { Profile } from "../../../engine/config/profile.js";
import type { Expression } from "../../../engine/template/syntax/nodes.js";

/** What one profile knows under some expression: undefined where it knows nothing. */
export interface Fact {
  /** Undefined for a value that the template itself writes down. */
  readonly profile: string | undefined;
  readonly value: unknown;
}

export interface ProfileFact extends Fact {
  readonly profile: string;
}

/** What the profiles say of an expression over Salt's facts: `grains.os`, `pillar['a']['b']`, `salt['grains.get']('a:b')`. */
export function factsOf(expression: Expression, profiles: readonly Profile[]): ProfileFact[] | undefined {
  const path = pathOf(expression);
  if (!path) return undefined;
  return profiles.map((profile) => ({
    profile: profile.name,
    value: path.keys.reduce<unknown>(memberOf, profile[path.root]),
  }));
}

const roots = ["grains", "pillar", "opts"] as const;
type Root = (typeof roots)[number];

function rootNamed(name: string): Root | undefined {
  return roots.find((root) => root === name);
}

interface Path {
  readonly root: Root;
  readonly keys: readonly string[];
}

function pathOf(expression: Expression): Path | undefined {
  if (expression.kind === "name") {
    const root = rootNamed(expression.name);
    return root && { root, keys: [] };
  }
  if (expression.kind === "attribute") return below(pathOf(expression.node), [expression.attribute]);
  if (expression.kind === "item") {
    const { argument } = expression;
    return argument.kind === "literal" ? below(pathOf(expression.node), [argument.text]) : undefined;
  }
  if (expression.kind !== "call") return undefined;
  const key = expression.arguments.args[0];
  if (key?.kind !== "literal") return undefined;
  const getter = getterOf(expression.callee);
  // Salt's own getters know paths with colons; a dict's `get` does not.
  if (getter) return { root: getter, keys: key.text.split(":") };
  const { callee } = expression;
  return callee.kind === "attribute" && callee.attribute === "get" ? below(pathOf(callee.node), [key.text]) : undefined;
}

function below(path: Path | undefined, keys: readonly string[]): Path | undefined {
  return path && { root: path.root, keys: [...path.keys, ...keys] };
}

/** What `salt['grains.get']` and `salt.grains.get` read from. */
export function getterOf(callee: Expression): Root | undefined {
  const name = saltFunctionOf(callee);
  return name?.endsWith(".get") ? rootNamed(name.slice(0, -".get".length)) : undefined;
}

/** The name of the execution function that is called: `salt['a.b']` and `salt.a.b` are `a.b`. */
export function saltFunctionOf(callee: Expression): string | undefined {
  if (callee.kind === "item") {
    const { node, argument } = callee;
    return node.kind === "name" && node.name === "salt" && argument.kind === "literal" ? argument.text : undefined;
  }
  if (callee.kind !== "attribute" || callee.node.kind !== "attribute") return undefined;
  const { node: module } = callee;
  return module.node.kind === "name" && module.node.name === "salt"
    ? `${module.attribute}.${callee.attribute}`
    : undefined;
}

/** A member of a dict, by key, or of a list, by index. */
export function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as { readonly [key: string]: unknown })[key];
}

const shownLength = 60;

/** The value where all profiles agree, else each profile's. */
export function describeFacts(facts: readonly Fact[]): string {
  const values = facts.map(({ profile, value }) => ({ profile, value: JSON.stringify(value) ?? "absent" }));
  const distinct = [...new Set(values.map(({ value }) => value))];
  const isPlain = distinct.length === 1 || values.some(({ profile }) => profile === undefined);
  const text = isPlain ? distinct.join(", ") : values.map(({ profile, value }) => `${profile}: ${value}`).join(", ");
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
