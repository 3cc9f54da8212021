import { toBackslashes } from "../../fetch/cache-path.js";
import { isCachedScheme } from "../../fetch/url.js";
import { splitProgram } from "../../process/windows-quoting.js";
import type { Target } from "../../target/target.js";
import type { InstalledEntry } from "../installed-software.js";
import type { VersionDefinition } from "../plan/definition.js";

const productCode = /\{[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}\}/i;

/** What an attribute would have to say for the registry's own way of uninstalling. */
export interface UninstallerFinding {
  readonly key: "uninstaller" | "uninstall_flags";
  readonly to: string;
  readonly reason: string;
}

/** The product code of an entry that Windows Installer made. */
function productCodeOf({ windowsInstaller, key }: InstalledEntry): string | undefined {
  return windowsInstaller ? productCode.exec(key.slice(key.lastIndexOf("\\") + 1))?.[0] : undefined;
}

/**
 * Compares how a definition uninstalls with how the registry says it is done. Undefined when they agree, or when the
 * definition goes a way of its own that the registry cannot verify (a URL, another program).
 */
export async function uninstallerFinding(
  definition: VersionDefinition,
  entry: InstalledEntry,
  target: Target,
): Promise<UninstallerFinding | undefined> {
  const uninstaller = textOf(definition, "uninstaller");
  const flags = textOf(definition, "uninstall_flags");
  const code = productCodeOf(entry);
  if (code !== undefined) return byProductCode(definition, uninstaller, flags, code);
  if (!uninstaller || isCachedScheme(uninstaller) || productCode.test(uninstaller)) return undefined;
  const registered = programOf(entry.uninstallString ?? "");
  if (registered === undefined) return undefined;
  const defined = toBackslashes(await target.expandEnvironment(uninstaller));
  if (!defined.includes("\\") || (await samePath(defined, registered, target))) return undefined;
  return {
    key: "uninstaller",
    to: await withVariable(registered, uninstaller, target),
    reason: `The registry names ${registered} as the uninstaller.`,
  };
}

function byProductCode(
  definition: VersionDefinition,
  uninstaller: string,
  flags: string,
  code: string,
): UninstallerFinding | undefined {
  const reason = `Windows Installer registered the product code ${code}.`;
  for (const [key, text] of [
    ["uninstaller", uninstaller],
    ["uninstall_flags", flags],
  ] as const) {
    const written = productCode.exec(text)?.[0];
    if (written === undefined) continue;
    if (written.toLowerCase() === code.toLowerCase()) return undefined;
    return { key, to: text.replace(written, code), reason };
  }
  const nothing = !uninstaller && !flags;
  return nothing && definition.flag("msiexec", false)
    ? { key: "uninstaller", to: code, reason: `${reason} The definition names no uninstaller.` }
    : undefined;
}

function textOf(definition: VersionDefinition, key: string): string {
  const value = definition.get(key);
  return typeof value === "string" ? value : "";
}

/** The program of an UninstallString: quoted, or everything up to the first `.exe`. */
export function programOf(uninstallString: string): string | undefined {
  const line = uninstallString.trim();
  const program = line.startsWith('"') ? splitProgram(line).program : (/^.*?\.exe(?=\s|$)/i.exec(line)?.[0] ?? "");
  return /[\\/]/.test(program) ? program : undefined;
}

async function samePath(one: string, other: string, target: Target): Promise<boolean> {
  const expanded = toBackslashes(await target.expandEnvironment(other));
  return one.toLowerCase() === expanded.toLowerCase();
}

const folders = ["ProgramFiles(x86)", "ProgramFiles", "ProgramData", "SystemRoot"] as const;

/** The path with the variable for its folder, where the definition uses variables itself. */
async function withVariable(path: string, before: string, target: Target): Promise<string> {
  if (!before.startsWith("%")) return path;
  for (const name of folders) {
    const folder = await target.expandEnvironment(`%${name}%`);
    if (path.toLowerCase().startsWith(`${folder.toLowerCase()}\\`)) return `%${name}%${path.slice(folder.length)}`;
  }
  return path;
}
