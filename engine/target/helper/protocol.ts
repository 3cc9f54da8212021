import { valueFromBytes, valueToBytes } from "../registry-bytes.js";
import type { RegistryHive, RegistryKey, RegistryPart, RegistryValue } from "../target.js";

/** A command of the helper program (helper.c): its name and arguments. */
export type HelperCommand = readonly string[];

export const environmentCommand: HelperCommand = ["environment"];

export function readCommand({ hive, view, key, below, depth }: RegistryPart): HelperCommand {
  if (below === undefined) return ["key", hive, view, key, String(depth)];
  return ["each", hive, view, key, below, String(depth)];
}

export function writeCommand(
  hive: RegistryHive,
  key: string,
  name: string,
  value: RegistryValue,
  volatile: boolean,
): HelperCommand {
  const { number, bytes } = valueToBytes(value);
  return ["set", hive, "64", key, name, String(number), bytes.toString("hex"), volatile ? "1" : "0"];
}

/** @param cwd `""` is the account's home */
export function runCommand(line: string, cwd: string, timeoutMs: number, job: string): HelperCommand {
  return ["run", line, cwd, String(timeoutMs), job];
}

export const endCommand = (job: string): HelperCommand => ["end", job];

/** The content of a request file. @throws RangeError for a NUL, which no text of Windows can hold */
export function encodeRequest(commands: readonly HelperCommand[]): Buffer {
  const texts = commands.flat();
  if (texts.some((text) => text.includes("\0")))
    throw new RangeError("A text for Windows cannot hold a NUL character.");
  return Buffer.from(texts.map((text) => `${text}\0`).join(""), "utf16le");
}

/** What the program wrote. `began` is false when it has done nothing; answers are undefined when it did not come to its end. */
export function decodeAnswers(output: string): { readonly began: boolean; readonly answers: unknown[] | undefined } {
  const lines = output.split(/\r?\n/);
  const begin = lines.indexOf("winrepo-helper[");
  const end = lines.indexOf("winrepo-helper]");
  if (begin < 0) return { began: false, answers: undefined };
  if (end < begin) return { began: true, answers: undefined };
  return {
    began: true,
    // Wine may complain of something in between.
    answers: lines.slice(begin + 1, end).flatMap((line) => (/^[[{n]/.test(line) ? [JSON.parse(line) as unknown] : [])),
  };
}

export interface FailureAnswer {
  /** 0: none. */
  readonly error: number;
  readonly reason: string;
}

export type RunAnswer =
  | {
      readonly timedOut: boolean;
      /** Null where the program had not ended at the time limit. */
      readonly exitCode: number | null;
      readonly folder: string;
      /** Bytes, one a character. */
      readonly output: string;
    }
  | { readonly folder: string; readonly failed: FailureAnswer }
  | { readonly noFolder: string };

export interface KeyAnswer {
  readonly name: string;
  /** Name, type's number, bytes in hexadecimal digits. */
  readonly values: readonly (readonly [string, number, string])[];
  readonly subkeys: readonly KeyAnswer[];
}

export function keyFrom({ name, values, subkeys }: KeyAnswer): RegistryKey {
  return {
    name,
    values: new Map(values.map(([key, type, hex]) => [key, valueFromBytes(type, Buffer.from(hex, "hex"))])),
    subkeys: subkeys.map(keyFrom),
  };
}
