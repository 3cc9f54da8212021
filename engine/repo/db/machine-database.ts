import { Decoder } from "@msgpack/msgpack";
import { repr } from "../../value/repr.js";
import { Bytes, type Json } from "../../value/types.js";
import { MsgpackError } from "../msgpack.js";
import { checkBounds } from "./msgpack-bounds.js";

/** Package → version → attribute → value. */
export type MachinePackages = ReadonlyMap<string, MachineVersions>;
export type MachineVersions = ReadonlyMap<string, MachineAttributes>;
export type MachineAttributes = ReadonlyMap<string, Json>;

/** What a winrepo.p says, read for people and for comparison. */
export interface MachineDatabase {
  readonly packages: MachinePackages;
  /** Definition, with `/` between folders → what genrepo said about it on that machine. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
  /** full_name → package. */
  readonly names: ReadonlyMap<string, string>;
  /** What is not as genrepo writes it, one sentence each. The rest is there. */
  readonly problems: readonly string[];
}

/**
 * Reads the bytes of a winrepo.p with the published MessagePack reader, which shares nothing with our writer. It knows
 * no difference between the float 1.0 and the int 1; what is to be installed is read by `decodeWinrepo`, which does.
 * @throws MsgpackError when they are no MessagePack, or hold no mapping
 */
export function decodeDatabase(bytes: Uint8Array): MachineDatabase {
  checkBounds(bytes);
  const content = decode(bytes);
  if (!(content instanceof Map)) throw new MsgpackError(`it holds ${kindOf(content)}, where a mapping should be`);
  const problems: string[] = [];
  const section = (key: string) => mapping(content.get(key), `'${key}'`, problems);
  if (!content.has("repo")) problems.push("There is no 'repo' in it: Salt finds no package.");
  return {
    packages: packagesOf(section("repo"), problems),
    errors: new Map(
      [...section("errors")].map(([file, messages]) => [
        file.replaceAll("\\", "/"),
        (Array.isArray(messages) ? messages : [messages]).map((message) => textOf(message)),
      ]),
    ),
    names: new Map([...section("name_map")].map(([name, known]) => [name, textOf(known)])),
    problems,
  };
}

/** A value as it was stored: mappings keep their order and all their keys. */
type Stored = null | boolean | number | string | Stored[] | Map<string, Stored>;

function decode(bytes: Uint8Array): Stored {
  // Marked, so that the object's keys stay in the order of the file: those that look like numbers would come first.
  const decoder = new Decoder({ rawStrings: true, useBigInt64: true, mapKeyConverter: (key) => `.${keyText(key)}` });
  try {
    return stored(decoder.decode(bytes));
  } catch (error) {
    throw error instanceof MsgpackError ? error : new MsgpackError((error as Error).message);
  }
}

function keyText(key: unknown): string {
  if (key === null) return "None";
  if (typeof key === "boolean") return key ? "True" : "False";
  if (typeof key === "object" && !(key instanceof Uint8Array))
    throw new MsgpackError("a list or mapping stands as a key");
  return key instanceof Uint8Array ? rawText(key) : String(key);
}

function stored(value: unknown): Stored {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(stored);
  if (value instanceof Uint8Array) return rawText(value);
  if (value instanceof Date) return value.toISOString();
  const { data } = value as { readonly data?: unknown };
  if (data instanceof Uint8Array) return rawText(data);
  return new Map(Object.entries(value as object).map(([key, item]) => [key.slice(1), stored(item)]));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text where the bytes are UTF-8, else as Python shows bytes. */
function rawText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return repr(new Bytes(Uint8Array.from(bytes)));
  }
}

function packagesOf(repo: ReadonlyMap<string, Stored>, problems: string[]): MachinePackages {
  const packages = new Map<string, MachineVersions>();
  for (const [name, versions] of repo) {
    const known = new Map<string, MachineAttributes>();
    for (const [version, attributes] of mapping(versions, `Package '${name}'`, problems)) {
      const of = mapping(attributes, `Version '${version}' of '${name}'`, problems);
      known.set(version, new Map([...of].map(([key, value]) => [key, jsonOf(value)])));
    }
    packages.set(name, known);
  }
  return packages;
}

/** The mapping that should be there; what is there instead becomes a problem. */
function mapping(value: Stored | undefined, what: string, problems: string[]): ReadonlyMap<string, Stored> {
  if (value instanceof Map) return value;
  if (value !== undefined) problems.push(`${what} is ${kindOf(value)}, where a mapping should be: Salt fails on it.`);
  return new Map();
}

function kindOf(value: Stored): string {
  if (value === null) return "None";
  if (value instanceof Map) return "a mapping";
  return Array.isArray(value) ? "a list" : typeof value === "string" ? "a text" : `a ${typeof value}`;
}

function jsonOf(value: Stored): Json {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, jsonOf(item)]));
  return Array.isArray(value) ? value.map(jsonOf) : value;
}

function textOf(value: Stored): string {
  return typeof value === "string" ? value : JSON.stringify(jsonOf(value));
}
