import {
  type RegistryHive,
  type RegistryKey,
  type RegistryPart,
  type RegistryReader,
  type RegistryValue,
  type RegistryView,
  TargetError,
} from "../target.js";
import type { Helper } from "./helper.js";
import { type FailureAnswer, type KeyAnswer, keyFrom, readCommand, writeCommand } from "./protocol.js";

type ReadAnswer = KeyAnswer | FailureAnswer | null;

/** The registry of a machine by the helper program: any number of parts in one start. */
export class HelperRegistry {
  readonly #helper: Helper;

  constructor(helper: Helper) {
    this.#helper = helper;
  }

  async read(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
    signal?: AbortSignal,
  ): Promise<RegistryKey | undefined> {
    const [answer] = await this.#helper.ask([readCommand({ hive, view, key, depth })], undefined, signal);
    return found(answer as ReadAnswer, `${hive}\\${key}`);
  }

  async readParts(parts: readonly RegistryPart[], signal?: AbortSignal): Promise<RegistryReader> {
    const answers = await this.#helper.ask(parts.map(readCommand), undefined, signal);
    return new ReadParts(parts, answers, this);
  }

  async write(hive: RegistryHive, key: string, name: string, value: RegistryValue, volatile: boolean): Promise<void> {
    const [answer] = (await this.#helper.ask([writeCommand(hive, key, name, value, volatile)])) as [FailureAnswer];
    if (answer.error !== 0) throw failed("written", `${hive}\\${key}`, answer);
  }
}

/** Parts that were read. What is no such part is asked for. */
class ReadParts implements RegistryReader {
  readonly #answers = new Map<string, ReadAnswer>();
  /** Prefix and ending of the keys of which those that are not among the answers are not there. */
  readonly #searched: readonly (readonly [string, string])[];
  readonly #registry: HelperRegistry;

  constructor(parts: readonly RegistryPart[], answers: readonly unknown[], registry: HelperRegistry) {
    this.#registry = registry;
    this.#searched = parts.flatMap(({ hive, view, key, below, depth }) =>
      below === undefined ? [] : [[name(hive, view, depth, key), `\\${below.toLowerCase()}`] as const],
    );
    for (const [index, { hive, view, key, below, depth }] of parts.entries()) {
      const answer = answers[index];
      const keys = below === undefined ? [[key, answer]] : (answer as (readonly [string, unknown])[]);
      for (const [path, one] of keys) this.#answers.set(name(hive, view, depth, path as string), one as ReadAnswer);
    }
  }

  async readRegistry(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
    signal?: AbortSignal,
  ): Promise<RegistryKey | undefined> {
    const wanted = name(hive, view, depth, key);
    const answer = this.#answers.get(wanted);
    if (answer !== undefined) return found(answer, `${hive}\\${key}`);
    if (this.#searched.some(([prefix, ending]) => wanted.startsWith(prefix) && wanted.endsWith(ending)))
      return undefined;
    return this.#registry.read(hive, key, view, depth, signal);
  }
}

const name = (hive: RegistryHive, view: RegistryView, depth: number, key: string): string =>
  `${hive} ${view} ${depth} ${key.toLowerCase()}`;

function found(answer: ReadAnswer, key: string): RegistryKey | undefined {
  if (answer === null) return undefined;
  if ("error" in answer) throw failed("read", key, answer);
  return keyFrom(answer);
}

function failed(done: string, key: string, { error, reason }: FailureAnswer): TargetError {
  return new TargetError(`${key} cannot be ${done}: ${reason} (error ${error}).`);
}
