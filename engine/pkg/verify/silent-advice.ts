import path from "node:path";
import { InstallerError } from "../../installer/installer-error.js";
import { type InstallerKind, installerKind, installerKindNames, isSilent, silentAdvice } from "../../installer/kind.js";
import { readPeFile } from "../../installer/pe.js";
import { splitArguments } from "../../process/windows-quoting.js";
import { type Target, TargetError } from "../../target/target.js";
import { discardFolder, makeTemporaryFolder } from "../../temporary-folder.js";
import type { CommandLine } from "../plan/command-line.js";

export interface SilentAdvice {
  /** What made the installer, in words. */
  readonly kind: string;
  /** The flags that keep such an installer from asking. */
  readonly flags: string;
}

/** How a program that waited for a person could be kept from asking; undefined when its kind is unknown, or it was silent. */
export async function silentAdviceFor(target: Target, command: CommandLine): Promise<SilentAdvice | undefined> {
  const kind = await kindOf(target, command);
  const flags = kind && silentAdvice(kind);
  if (!kind || !flags || isSilent(kind, splitArguments(command.arguments))) return undefined;
  return { kind: installerKindNames[kind], flags };
}

async function kindOf(target: Target, { program }: CommandLine): Promise<InstallerKind | undefined> {
  if (/(?:^|\\)msiexec(?:\.exe)?$/i.test(program)) return "msi";
  const folder = makeTemporaryFolder("kind");
  try {
    const copy = path.join(folder, "program");
    await target.get(program, copy);
    return installerKind(await readPeFile(copy));
  } catch (error) {
    if (error instanceof TargetError || error instanceof InstallerError) return undefined;
    throw error;
  } finally {
    await discardFolder(folder);
  }
}
