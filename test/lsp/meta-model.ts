import { hasShared, sharedJson } from "../shared.js";

/** A type of the protocol's meta-model, as far as it occurs there. */
type Type =
  | { readonly kind: "base" | "reference"; readonly name: string }
  | { readonly kind: "array"; readonly element: Type }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "and" | "or" | "tuple"; readonly items: readonly Type[] }
  | { readonly kind: "literal"; readonly value: { readonly properties: readonly Property[] } }
  | { readonly kind: "stringLiteral"; readonly value: string };

interface Property {
  readonly name: string;
  readonly type: Type;
  readonly optional?: boolean;
}

interface Structure {
  readonly name: string;
  readonly extends?: readonly Type[];
  readonly mixins?: readonly Type[];
  readonly properties: readonly Property[];
}

interface Method {
  readonly method: string;
  readonly messageDirection: "clientToServer" | "serverToClient" | "both";
  readonly params?: Type;
  readonly result?: Type;
  readonly registrationOptions?: Type;
}

interface Model {
  readonly requests: readonly Method[];
  readonly notifications: readonly Method[];
  readonly structures: readonly Structure[];
  readonly enumerations: readonly {
    readonly name: string;
    readonly type: Type;
    readonly values: readonly { readonly value: unknown }[];
    readonly supportsCustomValues?: boolean;
  }[];
  readonly typeAliases: readonly { readonly name: string; readonly type: Type }[];
}

const byName = <T extends { readonly name: string }>(all: readonly T[]) =>
  new Map(all.map((each) => [each.name, each]));
const byMethod = (all: readonly Method[]) => new Map(all.map((each) => [each.method, each]));

/** Checks messages of a server against the Language Server Protocol as data. Stricter than LSP: knows no other fields. */
export class MetaModel {
  readonly #requests: ReadonlyMap<string, Method>;
  readonly #notifications: ReadonlyMap<string, Method>;
  readonly #structures: ReadonlyMap<string, Structure>;
  readonly #enumerations: ReadonlyMap<string, Model["enumerations"][number]>;
  readonly #aliases: ReadonlyMap<string, Model["typeAliases"][number]>;

  constructor(model: Model) {
    this.#requests = byMethod(model.requests);
    this.#notifications = byMethod(model.notifications);
    this.#structures = byName(model.structures);
    this.#enumerations = byName(model.enumerations);
    this.#aliases = byName(model.typeAliases);
  }

  /** What is wrong with a notification that a server sent. */
  notification(method: string, params: unknown): string[] {
    const known = this.#notifications.get(method);
    if (!known || known.messageDirection === "clientToServer") return [`no server sends ${method}`];
    const wrong = this.#params(known, params);
    if (method !== "$/progress" || wrong.length > 0) return wrong;
    const { value } = params as { readonly value: { readonly kind?: unknown } };
    const kinds = ["Begin", "Report", "End"].map(
      (kind): Type => ({ kind: "reference", name: `WorkDoneProgress${kind}` }),
    );
    return this.#check({ kind: "or", items: kinds }, value, `${method}.value`);
  }

  /** What is wrong with a request that a server sent. */
  request(method: string, params: unknown): string[] {
    const known = this.#requests.get(method);
    if (!known || known.messageDirection === "clientToServer") return [`no server asks ${method}`];
    const wrong = this.#params(known, params);
    if (method !== "client/registerCapability" || wrong.length > 0) return wrong;
    const { registrations } = params as { registrations: { method: string; registerOptions?: unknown }[] };
    return registrations.flatMap((registration) => {
      const of = this.#requests.get(registration.method) ?? this.#notifications.get(registration.method);
      const options = of?.registrationOptions;
      return options
        ? this.#check(options, registration.registerOptions, registration.method)
        : [`${registration.method}?`];
    });
  }

  /** What is wrong with the result of a request that a client sent. */
  result(method: string, result: unknown): string[] {
    const known = this.#requests.get(method)?.result;
    return known ? this.#check(known, result, `result of ${method}`) : [`no client asks ${method}`];
  }

  #params({ method, params }: Method, value: unknown): string[] {
    return params ? this.#check(params, value, method) : [];
  }

  #check(type: Type, value: unknown, at: string): string[] {
    switch (type.kind) {
      case "base":
        return isBase(type.name, value) ? [] : [`${at} is no ${type.name}: ${JSON.stringify(value)}`];
      case "stringLiteral":
        return value === type.value ? [] : [`${at} is not '${type.value}'`];
      case "array":
        if (!Array.isArray(value)) return [`${at} is no array`];
        return value.flatMap((item, index) => this.#check(type.element, item, `${at}[${index}]`));
      case "tuple":
        if (!Array.isArray(value) || value.length !== type.items.length) return [`${at} is no tuple`];
        return type.items.flatMap((item, index) => this.#check(item, value[index], `${at}[${index}]`));
      case "map":
        if (!isObject(value)) return [`${at} is no object`];
        return Object.entries(value).flatMap(([key, each]) => this.#check(type.value, each, `${at}.${key}`));
      case "or":
        return closest(type.items.map((item) => this.#check(item, value, at)));
      case "and":
        return type.items.flatMap((item) => this.#check(item, value, at));
      case "literal":
        return this.#object(type.value.properties, value, at);
      case "reference":
        return this.#reference(type.name, value, at);
    }
  }

  #reference(name: string, value: unknown, at: string): string[] {
    if (name === "LSPAny") return value === undefined ? [`${at} is missing`] : [];
    const structure = this.#structures.get(name);
    if (structure) return this.#object(this.#properties(structure), value, at);
    const enumeration = this.#enumerations.get(name);
    if (enumeration) {
      const isKnown = enumeration.supportsCustomValues || enumeration.values.some((each) => each.value === value);
      return isKnown ? this.#check(enumeration.type, value, at) : [`${at} is no ${name}: ${JSON.stringify(value)}`];
    }
    const alias = this.#aliases.get(name);
    return alias ? this.#check(alias.type, value, at) : [`the meta-model has no ${name}`];
  }

  #properties(structure: Structure): Property[] {
    const above = [...(structure.extends ?? []), ...(structure.mixins ?? [])].flatMap((type) => {
      const parent = type.kind === "reference" ? this.#structures.get(type.name) : undefined;
      return parent ? this.#properties(parent) : [];
    });
    return [...new Map([...above, ...structure.properties].map((each) => [each.name, each])).values()];
  }

  #object(properties: readonly Property[], value: unknown, at: string): string[] {
    if (!isObject(value)) return [`${at} is no object`];
    const known = new Set(properties.map(({ name }) => name));
    const unknown = Object.keys(value).filter((name) => !known.has(name));
    return [
      ...unknown.map((name) => `${at}.${name} is unknown`),
      ...properties.flatMap(({ name, type, optional }) => {
        if (!(name in value)) return optional ? [] : [`${at}.${name} is missing`];
        return this.#check(type, value[name], `${at}.${name}`);
      }),
    ];
  }
}

/** Of several types that a value may have: nothing when it has one, else what is wrong with the one it comes closest to. */
function closest(all: readonly string[][]): string[] {
  return all.reduce((best, each) => (each.length < best.length ? each : best));
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBase(name: string, value: unknown): boolean {
  switch (name) {
    case "string":
      return typeof value === "string";
    case "URI":
    case "DocumentUri":
      return typeof value === "string" && URL.canParse(value);
    case "boolean":
      return typeof value === "boolean";
    case "null":
      return value === null;
    case "decimal":
      return typeof value === "number";
    case "integer":
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case "uinteger":
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
    default:
      return false;
  }
}

/** Undefined in a checkout without the data beside it: messages pass unchecked there. */
export const metaModel: MetaModel | undefined = hasShared
  ? new MetaModel(sharedJson<Model>("lsp/metaModel.json"))
  : undefined;
