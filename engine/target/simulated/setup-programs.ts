import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { InstallerError } from "../../installer/installer-error.js";
import { type InstallerKind, installerKind, installerKindNames, isSilent, silentAdvice } from "../../installer/kind.js";
import { type PeFile, readPeFile } from "../../installer/pe.js";
import type { HostFiles } from "../host-files.js";
import type { RunOptions } from "../target.js";
import type { MachineState, SetupRecord } from "./machine-state.js";
import type { ProgramOutcome } from "./program-outcome.js";
import { removeRecord } from "./records.js";

const uninstallKey = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const wrongPlatform = 216;

/**
 * Setup programs of a simulated machine. They are not run: their kind decides whether the flags make them silent, and
 * their version resource what they are taken to register. Every such outcome says that it is assumed.
 */
export class SetupPrograms {
  readonly #state: MachineState;
  readonly #files: HostFiles;

  constructor(state: MachineState, files: HostFiles) {
    this.#state = state;
    this.#files = files;
  }

  /** `expected` is what the definition says: better than the version resource, which seldom holds the name that is registered. */
  async install(file: string, args: readonly string[], expected?: RunOptions["expected"]): Promise<ProgramOutcome> {
    let pe: PeFile;
    try {
      pe = await readPeFile(this.#files.local(file));
    } catch (error) {
      if (!(error instanceof InstallerError)) throw error;
      return { exitCode: wrongPlatform, output: `${file} cannot be run: ${error.message}` };
    }
    if (pe.machine === "x64" && this.#state.bits === 32) {
      return { exitCode: wrongPlatform, output: `${file} is a 64-bit program; this machine has 32 bits.` };
    }
    const kind = installerKind(pe);
    const waiting = waitsForPerson(kind, args);
    if (waiting !== undefined) return { exitCode: undefined, notes: [waiting] };
    const described = describe(file, pe, kind);
    const setup = { ...described, ...expected };
    await this.#register(setup);
    const { name, version, uninstaller } = described;
    const resource = `its version resource (${name} ${version})`;
    const source = expected ? `the definition, not from ${resource}` : resource;
    const note = `assumed: ${installerKindNames[kind]}, not run; what it registers is taken from ${source}, its uninstaller to be ${uninstaller}`;
    return { exitCode: 0, assumed: true, notes: [note] };
  }

  /** The setup whose uninstaller this line starts, if it is one. */
  uninstallerOf(program: string): string | undefined {
    const wanted = program.toLowerCase();
    const setups = Object.entries(this.#state.setups);
    const exact = setups.find(([, setup]) => setup.uninstaller.toLowerCase() === wanted);
    if (exact) return exact[0];
    // Where a setup puts its uninstaller is a guess, so a definition may know better.
    const name = wanted.slice(wanted.lastIndexOf("\\") + 1);
    const folder = wanted.slice(0, -name.length - 1);
    if (!/^(un|maint|setup|update|helper)/.test(name)) return undefined;
    return setups.find(([, setup]) => folder.split("\\").some((part) => related(part, setup.name)))?.[0];
  }

  async uninstall(id: string, program: string): Promise<ProgramOutcome> {
    const setup = this.#state.setups[id]!;
    await removeRecord(this.#state, this.#files, setup);
    delete this.#state.setups[id];
    const note = `assumed: ${program} is the uninstaller of ${setup.name} and removes all of it`;
    return { exitCode: 0, assumed: true, notes: [note] };
  }

  async #register(setup: Described): Promise<void> {
    const view = setup.wide ? ("64" as const) : ("32" as const);
    const key = { hive: "HKLM" as const, key: `${uninstallKey}\\${setup.key}`, view };
    const node = this.#state.registry.ensure(key.hive, key.key, view);
    const text = (name: string, data: string) => node.setValue(name, { type: "REG_SZ", data });
    text("DisplayName", setup.name);
    if (setup.version) text("DisplayVersion", setup.version);
    if (setup.publisher) text("Publisher", setup.publisher);
    text("UninstallString", `"${setup.uninstaller}"`);
    const local = this.#files.local(setup.uninstaller);
    await mkdir(path.dirname(local), { recursive: true });
    if (!existsSync(local)) await writeFile(local, "");
    const record: SetupRecord = {
      name: setup.name,
      uninstaller: setup.uninstaller,
      files: [setup.uninstaller],
      keys: [key],
      values: [],
    };
    this.#state.setups[setup.key] = record;
  }
}

interface Described {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly uninstaller: string;
  readonly wide: boolean;
}

function describe(file: string, pe: PeFile, kind: InstallerKind): Described {
  const strings = pe.version?.strings ?? new Map<string, string>();
  const base = file.slice(file.lastIndexOf("\\") + 1).replace(/\.[^.]*$/, "");
  const name = strings.get("ProductName") || strings.get("FileDescription") || base;
  const version = strings.get("ProductVersion") || strings.get("FileVersion") || pe.version?.productVersion || "";
  // The stubs of these two are 32-bit programs whatever they install.
  const wide = pe.machine !== "x86" && kind !== "inno" && kind !== "burn";
  const folder = `C:\\Program Files${wide ? "" : " (x86)"}\\${fileName(name)}`;
  const uninstallers: { readonly [kind in InstallerKind]: string } = {
    msi: "",
    nsis: `${folder}\\uninstall.exe`,
    inno: `${folder}\\unins000.exe`,
    burn: `C:\\ProgramData\\Package Cache\\${fileName(name)}\\setup.exe`,
    installshield: `C:\\Program Files (x86)\\InstallShield Installation Information\\${fileName(name)}\\setup.exe`,
    squirrel: `${folder}\\Update.exe`,
    unknown: `${folder}\\uninstall.exe`,
  };
  const key = kind === "inno" ? `${name}_is1` : name;
  return {
    key: key.replaceAll("\\", " "),
    name,
    version,
    publisher: strings.get("CompanyName") ?? "",
    uninstaller: uninstallers[kind],
    wide,
  };
}

/** Why a person would be needed; undefined when none is. */
function waitsForPerson(kind: InstallerKind, args: readonly string[]): string | undefined {
  const silent = isSilent(kind, args);
  if (silent === true) return undefined;
  if (silent === false) {
    return `read: this is an ${installerKindNames[kind]} and nothing in its flags makes it silent (${silentAdvice(kind)}), so it waits for a person`.replace(
      /\ban (?![aeiouNI])/,
      "a ",
    );
  }
  if (args.length > 0) return undefined;
  return "assumed: a setup program of unknown make without any flags shows its window and waits for a person";
}

const fileName = (name: string): string => name.replace(/[<>:"/\\|?*]/g, "_").trim();

function related(folder: string, name: string): boolean {
  const words = (text: string) => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  const wanted = new Set(words(name));
  return words(folder).some((word) => wanted.has(word));
}
