import type { Profile } from "../config/profile.js";
import { chargeCall, type MeteredTable, meteredTable } from "../template/cost.js";
import { NotRunError } from "../template/runtime.js";
import { fromJson } from "../value/convert.js";
import { charge, type Meter } from "../value/meter.js";
import { str } from "../value/repr.js";
import { Dict, type Json, PyError, typeName, type Value } from "../value/types.js";
import { BlankVersionError, compareVersions } from "../version/version.js";
import { isExecutionFunction } from "./lazy-execution-modules.js";
import { questionKey, questionOf, type TargetQuestion } from "./target-questions.js";

/** The answers that Salt's execution functions give to a template, from the facts of a profile alone. */
export interface SaltFunctions {
  /** What a target must be asked before the template can be rendered. */
  readonly questions: readonly TargetQuestion[];
  has(name: string): boolean;
  /** @throws PyError as the function would raise it; NotRunError for functions that act and have no fact in the profile */
  call(name: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>, meter: Meter): Value;
}

type Answer = (facts: Facts, argument: (index: number, name: string) => Value | undefined) => Value;

interface Facts {
  readonly profile: Profile;
  readonly grains: Dict;
  readonly pillar: Dict;
  readonly opts: Dict;
}

export function saltFunctions(profile: Profile, context: { grains: Dict; pillar: Dict; opts: Dict }): SaltFunctions {
  const facts: Facts = { profile, ...context };
  const questions: TargetQuestion[] = [];
  return {
    questions,
    has: (name) => answers.has(name) || Object.hasOwn(profile.functions, name) || isExecutionFunction(name),
    call(name, args, kwargs, meter) {
      if (Object.hasOwn(profile.functions, name)) return copyOf(profile.functions[name] ?? null);
      const question = profile.answers && questionOf(name, args, kwargs);
      if (question) {
        const known = profile.answers?.[questionKey(question)];
        if (known !== undefined) return copyOf(known);
        questions.push(question);
        throw new NotRunError(`salt['${name}'] has to be asked of the machine.`);
      }
      const answer = answers.get(name);
      if (!answer) {
        throw new NotRunError(
          `salt['${name}'] is not run here, since it acts or asks the machine. ` +
            `Add its answer to the profile '${profile.name}' under functions: {"${name}": …}.`,
        );
      }
      chargeCall(meter, answer.cost, null, args, kwargs);
      return answer.call(facts, (index, key) => args[index] ?? kwargs.get(key));
    },
  };
}

const answers: MeteredTable<Answer> = meteredTable<Answer>([
  [
    "grains.get",
    "linear",
    ({ grains }, arg) => traverse(grains, arg(0, "key"), arg(1, "default") ?? "", arg(2, "delimiter")),
  ],
  ["grains.has_value", "linear", ({ grains }, arg) => isTruthy(traverse(grains, arg(0, "key"), "", undefined))],
  ["grains.item", "linear", ({ grains }, arg) => pick(grains, arg(0, "key"))],
  ["grains.items", "constant", ({ grains }) => grains],
  [
    "pillar.get",
    "linear",
    ({ pillar }, arg) => traverse(pillar, arg(0, "key"), arg(1, "default") ?? "", arg(3, "delimiter")),
  ],
  ["pillar.item", "linear", ({ pillar }, arg) => pick(pillar, arg(0, "key"))],
  ["pillar.items", "constant", ({ pillar }) => pillar],
  ["config.get", "linear", configGet],
  [
    "config.option",
    "linear",
    ({ opts, pillar }, arg) => optionGet([opts, pillar], arg(0, "value"), arg(1, "default") ?? ""),
  ],
  ["environ.get", "counted", ({ profile }, arg) => environment(profile, arg(0, "key")) ?? arg(1, "default") ?? ""],
  ["environ.has_value", "counted", ({ profile }, arg) => environment(profile, arg(0, "key")) !== undefined],
  [
    "reg.read_value",
    "counted",
    ({ profile }, arg) => readRegistryValue(profile, arg(0, "hive"), arg(1, "key"), arg(2, "vname")),
  ],
  [
    "reg.value_exists",
    "counted",
    ({ profile }, arg) => registryData(profile, arg(0, "hive"), arg(1, "key"), arg(2, "vname")) !== undefined,
  ],
  ["reg.key_exists", "counted", ({ profile }, arg) => registryKeyExists(profile, arg(0, "hive"), arg(1, "key"))],
  ["pkg.compare_versions", "linear", (_, arg) => compare(arg(0, "ver1"), arg(1, "oper"), arg(2, "ver2"))],
  ["pkg_resource.version_compare", "linear", (_, arg) => compare(arg(0, "pkg1"), arg(1, "oper"), arg(2, "pkg2"))],
  ["pkg.normalize_name", "linear", (_, arg) => arg(0, "name") ?? ""],
]);

/** A value of its own for each call: a template may change it. */
function copyOf(answer: Json): Value {
  charge(sizeOf(answer));
  return fromJson(answer);
}

function sizeOf(json: Json): number {
  if (json === null || typeof json !== "object") return 1;
  const parts: readonly Json[] = Array.isArray(json) ? json : Object.values(json);
  return parts.reduce<number>((size, part) => size + sizeOf(part), 1);
}

/** The functions that are answered without a fact of their own in the profile, for completion. */
export const answeredFunctions: readonly string[] = [...answers.keys()];

/** salt.utils.data.traverse_dict_and_list: `a:b:0` goes down mappings by key and lists by index. */
function traverse(root: Value, key: Value | undefined, fallback: Value, delimiter: Value | undefined): Value {
  let value: Value = root;
  for (const part of str(key ?? "").split(typeof delimiter === "string" && delimiter !== "" ? delimiter : ":")) {
    const next: Value | undefined = value instanceof Dict ? lookUp(value, part) : fromList(value, part);
    if (next === undefined) return fallback;
    value = next;
  }
  return value;
}

function lookUp(dict: Dict, part: string): Value | undefined {
  const value = dict.get(part);
  return value === undefined && /^-?\d+$/.test(part) ? dict.get(Number(part)) : value;
}

/** In a list a number is an index; anything else is looked up in the first mapping that has it. */
function fromList(value: Value, part: string): Value | undefined {
  if (!Array.isArray(value)) return undefined;
  for (const item of value) {
    const found = item instanceof Dict ? item.get(part) : undefined;
    if (found !== undefined) return found;
  }
  return /^-?\d+$/.test(part) ? value.at(Number(part)) : undefined;
}

function pick(dict: Dict, key: Value | undefined): Value {
  const value = key === undefined ? undefined : traverse(dict, key, null, undefined);
  return Dict.from(key === undefined ? [] : [[key, value ?? ""]]);
}

/** Minion options, then grains, then pillar, then the master's options that the pillar brings (salt.modules.config.get). */
function configGet(facts: Facts, arg: (index: number, name: string) => Value | undefined): Value {
  const key = arg(0, "key");
  const master = facts.pillar.get("master");
  for (const source of [facts.opts, facts.grains, facts.pillar, master instanceof Dict ? master : new Dict()]) {
    const value = traverse(source, key, missing, arg(2, "delimiter"));
    if (value !== missing) return value;
  }
  return arg(1, "default") ?? "";
}

const missing: Value = [];

function optionGet(sources: readonly Dict[], key: Value | undefined, fallback: Value): Value {
  for (const source of sources) {
    const value = source.get(key ?? "");
    if (value !== undefined) return value;
  }
  return fallback;
}

/** Windows does not care for the case of a variable's name. */
function environment(profile: Profile, key: Value | undefined): string | undefined {
  if (typeof key !== "string") throw new PyError("SaltInvocationError", "Argument type error: 'key' must be a string");
  const wanted = key.toLowerCase();
  const variables = Object.entries(profile.environment);
  charge(variables.length >> 2);
  return variables.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

const hives = new Map([
  ["hkey_local_machine", "HKLM"],
  ["hkey_current_user", "HKCU"],
  ["hkey_users", "HKU"],
  ["hkey_classes_root", "HKCR"],
  ["hkey_current_config", "HKCC"],
]);

function registryPath(hive: Value | undefined, key: Value | undefined): string {
  const name = str(hive ?? "");
  return `${hives.get(name.toLowerCase()) ?? name}\\${str(key ?? "")}`;
}

function registryData(
  profile: Profile,
  hive: Value | undefined,
  key: Value | undefined,
  name: Value | undefined,
): Value | undefined {
  const wanted = `${registryPath(hive, key)}\\${str(name ?? "(Default)")}`.toLowerCase();
  const values = Object.entries(profile.registry);
  charge(values.length);
  const entry = values.find(([path]) => path.toLowerCase() === wanted);
  return entry && fromJson(entry[1]);
}

function registryKeyExists(profile: Profile, hive: Value | undefined, key: Value | undefined): boolean {
  const wanted = `${registryPath(hive, key)}\\`.toLowerCase();
  const values = Object.keys(profile.registry);
  charge(values.length);
  return values.some((path) => path.toLowerCase().startsWith(wanted));
}

/** The mapping of salt.utils.win_reg.read_value. */
function readRegistryValue(
  profile: Profile,
  hive: Value | undefined,
  key: Value | undefined,
  name: Value | undefined,
): Dict {
  const data = registryData(profile, hive, key, name);
  const result = Dict.from([
    ["hive", str(hive ?? "")],
    ["key", str(key ?? "")],
    ["vname", name ?? "(Default)"],
    ["vdata", data ?? null],
    ["success", data !== undefined],
  ]);
  if (data !== undefined) return result.set("vtype", typeof data === "number" ? "REG_DWORD" : "REG_SZ");
  const comment = registryKeyExists(profile, hive, key)
    ? `Cannot find ${str(name ?? "(Default)")} in ${registryPath(hive, key)}`
    : `Cannot find key: ${registryPath(hive, key)}`;
  return result.set("comment", comment);
}

function compare(a: Value | undefined, operator: Value | undefined, b: Value | undefined): boolean {
  const text = (value: Value | undefined) => {
    if (value === undefined || value === null) return "";
    if (typeof value === "string") return value;
    throw new PyError("TypeError", `expected string or bytes-like object, got '${typeName(value)}'`);
  };
  try {
    return compareVersions(text(a), str(operator ?? "=="), text(b));
  } catch (error) {
    if (error instanceof BlankVersionError) throw new PyError("SaltInvocationError", error.message);
    throw error;
  }
}

function isTruthy(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value instanceof Dict ? value.size > 0 : Boolean(value);
}
