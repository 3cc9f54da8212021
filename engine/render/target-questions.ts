import { toJson } from "../value/convert.js";
import type { Json, Value } from "../value/types.js";

/** A call of an execution function that reads something of a machine: its name, and its arguments in Salt's order. */
export type TargetQuestion = readonly [name: string, ...args: Json[]];

/** The functions that a target answers, with their parameters and what these are when they are left out. */
const functions: ReadonlyMap<string, readonly (readonly [parameter: string, whenAbsent: Json])[]> = new Map([
  ["file.directory_exists", [["path", ""]]],
  ["file.file_exists", [["path", ""]]],
  [
    "reg.key_exists",
    [
      ["hive", ""],
      ["key", ""],
      ["use_32bit_registry", false],
    ],
  ],
  [
    "reg.list_keys",
    [
      ["hive", ""],
      ["key", ""],
      ["use_32bit_registry", false],
    ],
  ],
  [
    "reg.read_value",
    [
      ["hive", ""],
      ["key", ""],
      ["vname", null],
      ["use_32bit_registry", false],
    ],
  ],
  [
    "reg.value_exists",
    [
      ["hive", ""],
      ["key", ""],
      ["vname", null],
      ["use_32bit_registry", false],
    ],
  ],
  [
    "pkg.list_pkgs",
    [
      ["versions_as_list", false],
      ["include_components", true],
      ["include_updates", true],
    ],
  ],
]);

/** What a call asks of the machine; undefined for functions that read nothing of one, or act. */
export function questionOf(
  name: string,
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
): TargetQuestion | undefined {
  // It takes any number of names.
  if (name === "pkg.version") return [name, ...args.map(toJson)];
  const parameters = functions.get(name);
  if (!parameters) return undefined;
  return [
    name,
    ...parameters.map(([parameter, whenAbsent], index): Json => {
      const given = args[index] ?? kwargs.get(parameter);
      return given === undefined ? whenAbsent : toJson(given);
    }),
  ];
}

/** The name under which a profile has the answer. */
export const questionKey = (question: TargetQuestion): string => JSON.stringify(question);
