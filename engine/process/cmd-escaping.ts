import { CommandLineError } from "./windows-quoting.js";

/**
 * A finished command line for a line of a batch file, so that cmd hands it to the program unchanged: what cmd would take
 * for operators is escaped outside of quotes. cmd toggles at every quote, whatever stands before it.
 */
export function escapeForCmd(commandLine: string): string {
  if (/[\r\n\0]/.test(commandLine)) {
    throw new CommandLineError("A command line cannot hold a line break or a NUL character.");
  }
  let quoted = false;
  return commandLine.replace(/["^&|<>()]/g, (character) => {
    if (character === '"') quoted = !quoted;
    return quoted || character === '"' ? character : `^${character}`;
  });
}

/** Doubles percent signs: a batch file would look for variables. */
export const doublePercent = (text: string): string => text.replaceAll("%", "%%");

/** The line by which cmd itself runs a command line, with its variables and operators (`subprocess` with a shell). */
export const viaCmd = (commandLine: string): string => `cmd.exe /d /s /c "${commandLine}"`;
