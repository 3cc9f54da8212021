import type { VersionDefinition } from "./definition.js";

/** A program and the text behind it, kept apart because the task scheduler takes them apart (salt-reference §7.7). */
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
export function installCommandLine(
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

/** The command that removes a package (salt-reference §8): no `ALLUSERS` there. */
export function removeCommandLine(
  definition: VersionDefinition,
  file: string,
  msiexec: string | undefined,
  extraFlags?: string,
): CommandLine {
  const flags = definition.flags("uninstall_flags", extraFlags);
  if (msiexec === undefined) return { program: file, arguments: flags.trim() };
  return { program: msiexec, arguments: `/X "${file}" ${flags}`.trim() };
}
