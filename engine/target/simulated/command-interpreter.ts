import { closeSync, openSync, readSync, statSync } from "node:fs";
import { whatStarts } from "../../installer/what-starts.js";
import { splitArguments, splitProgram } from "../../process/windows-quoting.js";
import type { HostFiles } from "../host-files.js";
import { type RunOptions, StartError, TargetError } from "../target.js";
import { expandPercent } from "../windows-path.js";
import type { MachineState, ScriptedAnswer } from "./machine-state.js";
import type { ProgramOutcome } from "./program-outcome.js";
import { SetupPrograms } from "./setup-programs.js";
import { WindowsInstaller } from "./windows-installer.js";

/** What comes with Windows and may stand in a definition, but is not simulated. */
const windowsPrograms = new Set(
  (
    "cmd reg regedit regsvr32 rundll32 net sc taskkill powershell pwsh cscript wscript schtasks certutil xcopy robocopy " +
    "wmic wusa dism pnputil bcdedit icacls takeown timeout ping shutdown explorer mshta netsh attrib setx ie4uinit"
  ).split(" "),
);
const builtIns = new Set(
  "call cd copy del dir echo erase exit for if md mkdir move rd ren rename rmdir set start type ver".split(" "),
);
const scripts = new Set(["bat", "cmd", "ps1", "vbs", "js", "wsf"]);
const notFound = 1;
const maxDepth = 5;

/** Understands command lines as far as installing and removing software needs it. */
export class CommandInterpreter {
  readonly #installer: WindowsInstaller;
  readonly #setups: SetupPrograms;
  readonly #state: MachineState;
  readonly #files: HostFiles;

  constructor(state: MachineState, files: HostFiles) {
    this.#state = state;
    this.#files = files;
    this.#installer = new WindowsInstaller(state, files);
    this.#setups = new SetupPrograms(state, files);
  }

  async run(commandLine: string, options: RunOptions): Promise<ProgramOutcome> {
    const scripted = this.#state.script.find(({ match }) => commandLine.toLowerCase().includes(match.toLowerCase()));
    if (!scripted) return this.#interpret(commandLine, options, 0);
    const usual = scripted.effects ? await this.#interpret(commandLine, options, 0) : undefined;
    return scriptedOutcome(scripted, usual);
  }

  async #interpret(line: string, options: RunOptions, depth: number): Promise<ProgramOutcome> {
    const text = options.shell === "cmd" ? expandPercent(line, (name) => this.#state.variable(name)) : line;
    const { program, rest } = splitProgram(text);
    const args = splitArguments(rest);
    const name = baseName(program);
    if (name === "msiexec") return this.#installer.run(args);
    const inner = depth < maxDepth ? innerLine(name, rest) : undefined;
    if (inner !== undefined) return this.#interpret(inner, { ...options, shell: "cmd" }, depth + 1);
    if (windowsPrograms.has(name)) return notRun(program);
    if (options.shell === "cmd" && builtIns.has(name)) return notRun(program);

    const file = this.#find(program, options.cwd);
    const setup = file && this.#setups.uninstallerOf(file);
    if (setup) return this.#setups.uninstall(setup, file);
    if (!file || !this.#files.exists(file)) return this.#notFound(program, options);
    const ending = /\.([^.\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
    if (scripts.has(ending)) return notRun(program);
    if (ending === "msi" && options.shell === "cmd") return this.#installer.run(["/i", file, ...args]);
    const starts = whatStarts(file, headOf(this.#files.local(file)));
    if (typeof starts === "object") {
      const { error, reason } = starts;
      const advice =
        ending === "msi" ? "an MSI is installed with `msiexec: True`" : "run it by the program that it is for";
      throw StartError.refused(program, options.cwd ?? "", error, `${reason}; ${advice}`);
    }
    return this.#setups.install(file, args, options.expected);
  }

  /** Absolute path of a program that is not one of Windows' own. */
  #find(program: string, cwd: string | undefined): string | undefined {
    const path = program.replaceAll("/", "\\");
    if (/^([a-z]:\\|\\\\)/i.test(path)) return /\.[^.\\]+$/.test(path) ? path : `${path}.exe`;
    return cwd && path !== "" ? `${cwd}\\${path}` : undefined;
  }

  #notFound(program: string, options: RunOptions): ProgramOutcome {
    if (options.shell === "cmd") {
      const output = `'${program}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`;
      return { exitCode: notFound, output };
    }
    throw new TargetError(
      `Windows cannot start ${program || "an empty command"}: there is no such program on the machine.`,
    );
  }
}

const headLength = 4096;

/** Undefined for a folder, and for the empty files that stand for what an installer would have brought. */
function headOf(file: string): Uint8Array | undefined {
  if (!statSync(file).isFile() || statSync(file).size === 0) return undefined;
  const handle = openSync(file, "r");
  try {
    const head = Buffer.alloc(headLength);
    return head.subarray(0, readSync(handle, head, 0, headLength, 0));
  } finally {
    closeSync(handle);
  }
}

const baseName = (program: string): string =>
  program
    .slice(Math.max(program.lastIndexOf("\\"), program.lastIndexOf("/")) + 1)
    .toLowerCase()
    .replace(/\.(exe|com)$/, "");

/** Options, a title in quotes, options again; then the line. */
const start =
  /^(?:\s+\/(?:wait|w|b|min|max|low|normal|high|d\s+\S+)(?=\s))*(?:\s+"[^"]*"(?=\s))?(?:\s+\/(?:wait|w|b|min|max)(?=\s))*\s+(.*)$/is;

/** The line that `cmd /c …` or `start …` hands on. */
function innerLine(name: string, rest: string): string | undefined {
  if (name === "cmd") {
    const after = /^(?:\s+\/[a-bd-z](?::\w+)?)*\s+\/[ck]\s*(.*)$/is.exec(rest)?.[1]?.trim();
    // cmd takes off the outer quotes, unless they are all there is around one program's name.
    return after?.replace(/^"(.*)"$/s, (whole, inner: string) =>
      inner.includes('"') || /\s\//.test(inner) ? inner : whole,
    );
  }
  return name === "start" ? start.exec(rest)?.[1] : undefined;
}

function notRun(program: string): ProgramOutcome {
  return {
    exitCode: 0,
    assumed: true,
    notes: [`assumed: ${program} was not run; it is taken to succeed and to register nothing`],
  };
}

function scriptedOutcome(scripted: ScriptedAnswer, usual: ProgramOutcome | undefined): ProgramOutcome {
  return {
    exitCode: scripted.waits ? undefined : (scripted.exitCode ?? usual?.exitCode ?? 0),
    output: scripted.output ?? usual?.output ?? "",
    notes: [...(usual?.notes ?? []), "assumed: this answer was configured for this machine"],
    assumed: usual?.assumed ?? true,
  };
}
