import { viaCmd } from "../../process/cmd-escaping.js";
import { splitProgram } from "../../process/windows-quoting.js";
import { type RunOptions, TargetError } from "../target.js";

/**
 * The line that Windows is to be given. Where no shell is asked for, what `CreateProcess` would refuse is refused here,
 * and not helped along by whatever starts the line in its place.
 */
export async function startLine(
  commandLine: string,
  { shell, cwd }: RunOptions,
  exists: (path: string) => Promise<boolean>,
): Promise<string> {
  if (shell === "cmd") return viaCmd(commandLine);
  const { program } = splitProgram(commandLine);
  const file = program.replaceAll("/", "\\");
  const ending = /\.([^.\\]+)$/.exec(file)?.[1]?.toLowerCase();
  if (file.includes("\\")) {
    const absolute = /^([a-z]:|\\\\)/i.test(file) ? file : `${cwd ?? "C:"}\\${file}`;
    if (!(await exists(absolute)) && !(await exists(`${absolute}.exe`))) {
      throw new TargetError(`Windows cannot start ${program}: there is no such program on the machine.`);
    }
  }
  // Windows starts batch files through cmd, whoever asks.
  if (ending === "bat" || ending === "cmd") return viaCmd(commandLine);
  if (file.includes("\\") && ending !== undefined && ending !== "exe" && ending !== "com") {
    throw new TargetError(`Windows cannot start ${program}: it is no program.`);
  }
  return commandLine;
}
