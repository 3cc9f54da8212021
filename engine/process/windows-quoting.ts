import { trimEndOf } from "../trim.js";

/** A text that no Windows command line can carry to a program unchanged. */
export class CommandLineError extends RangeError {
  override readonly name = "CommandLineError";
}

/**
 * One argument for a Windows command line, so that the program's own parser (the C runtime's, `CommandLineToArgvW`) gives
 * it back unchanged. Not meant for the first word: a program's name knows no escapes, see {@link quoteProgram}.
 */
export function quoteArgument(argument: string): string {
  refuseNul(argument);
  if (argument !== "" && !/[\s"]/.test(argument)) return argument;
  // Backslashes mean themselves except before a quote; the closing quote counts.
  return `"${doubledAtEnd(argument.replace(/(?<!\\)(\\*)"/g, '$1$1\\"'))}"`;
}

/** The first word of a command line. A file name on Windows cannot hold a quote, so quoting it is always possible. */
export function quoteProgram(program: string): string {
  refuseNul(program);
  if (program.includes('"')) throw new CommandLineError(`A program's name cannot hold a quote: ${program}`);
  return program !== "" && !/\s/.test(program) ? program : `"${program}"`;
}

/** A whole command line from a program and its arguments. */
export function joinCommandLine(program: string, args: readonly string[]): string {
  return [quoteProgram(program), ...args.map(quoteArgument)].join(" ");
}

/** The first word and the text behind it, unchanged: how `CreateProcess` finds the program of a quoted line. */
export function splitProgram(commandLine: string): { program: string; rest: string } {
  const line = commandLine.trimStart();
  const quoted = /^"([^"]*)"?/.exec(line);
  const word = quoted?.[0] ?? /^[^ \t]*/.exec(line)![0];
  return { program: quoted?.[1] ?? word, rest: line.slice(word.length) };
}

/** A command line as a program's C runtime splits it (UCRT's rules; `""` inside quotes is one quote). */
export function splitCommandLine(commandLine: string): string[] {
  const { program, rest } = splitProgram(commandLine);
  return [program, ...splitArguments(rest)];
}

/** The arguments alone: what stands behind the program's name. */
export function splitArguments(text: string): string[] {
  const args: string[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at++;
    if (at >= text.length) return args;
    let argument = "";
    let quoted = false;
    for (; at < text.length && (quoted || (text[at] !== " " && text[at] !== "\t")); ) {
      const backslashes = /^\\*/.exec(text.slice(at))![0].length;
      at += backslashes;
      if (text[at] !== '"') {
        argument += "\\".repeat(backslashes);
        // A blank that ends the word is the loops' to see.
        if (backslashes === 0) argument += text[at++];
        continue;
      }
      argument += "\\".repeat(backslashes >> 1);
      if (backslashes % 2 === 1) argument += '"';
      else if (quoted && text[at + 1] === '"') {
        argument += '"';
        at++;
      } else quoted = !quoted;
      at++;
    }
    args.push(argument);
  }
}

function refuseNul(text: string): void {
  if (text.includes("\0")) throw new CommandLineError("A command line cannot hold a NUL character.");
}

function doubledAtEnd(text: string): string {
  return text + text.slice(trimEndOf(text, "\\").length);
}
