import type { Target } from "../target/target.js";
import { repr } from "../value/repr.js";
import { typeName } from "../value/types.js";
import type { VersionDefinition } from "./definition.js";
import { PackageFailure } from "./failure.js";

/** A program and the text behind it, kept apart because the task scheduler takes them apart (spec §7.7). */
export interface CommandLine {
  /** Without quotes. */
  readonly program: string;
  readonly arguments: string;
}

/** The line as Salt hands it to Windows: the program in quotes whatever it is, one blank, the arguments. */
export function lineOf({ program, arguments: args }: CommandLine): string {
  return `"${program}" ${args}`;
}

/** The command that installs a package's file. `msiexec` is the program to use, or undefined to run the file itself. */
export function installCommand(
  definition: VersionDefinition,
  file: string,
  msiexec: string | undefined,
  extraFlags?: string,
): CommandLine {
  const flags = definition.flags("install_flags", extraFlags);
  if (msiexec === undefined) return { program: file, arguments: flags.trim() };
  const allUsers = definition.flag("allusers", true) ? " ALLUSERS=1" : "";
  return { program: msiexec, arguments: `/I "${file}"${allUsers} ${flags}`.trim() };
}

/** The command that removes a package (spec §8): no `ALLUSERS` there. */
export function removeCommand(
  definition: VersionDefinition,
  file: string,
  msiexec: string | undefined,
  extraFlags?: string,
): CommandLine {
  const flags = definition.flags("uninstall_flags", extraFlags);
  if (msiexec === undefined) return { program: file, arguments: flags.trim() };
  return { program: msiexec, arguments: `/X "${file}" ${flags}`.trim() };
}

export interface MsiexecChoice {
  /** Undefined when the file is run directly. */
  readonly program: string | undefined;
  /** Set when the definition names a program that the target does not have. */
  readonly missing?: string;
}

/**
 * What the attribute `msiexec` means on a target (spec §1.2): any text switches it on, also `'False'`.
 * @throws PackageFailure for a value that is neither a boolean nor a text, over which Salt's whole call fails
 */
export async function chooseMsiexec(definition: VersionDefinition, target: Target): Promise<MsiexecChoice> {
  const value = definition.get("msiexec");
  if (value === undefined || value === false) return { program: undefined };
  if (value === true) return { program: "msiexec" };
  if (typeof value === "string") {
    if (value !== "" && (await target.exists(value))) return { program: value };
    return { program: "msiexec", missing: value };
  }
  throw new PackageFailure({
    code: "attribute-type",
    key: "msiexec",
    message:
      `\`msiexec\` of ${definition.name} ${definition.version} is ${repr(value)} (${typeName(value)}); it must be true, ` +
      "false or the path of a program. Salt gives up the whole call with a misleading message about invalid arguments.",
    salt: { exception: "TypeError", message: "cannot unpack non-iterable NoneType object" },
  });
}
