import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { replaceOwnFile } from "../../replace-file.js";
import type { Json } from "../../value/types.js";
import { type RegistryHive, type RegistryView, TargetError } from "../target.js";
import { MachineRegistry, type RegistryJson } from "./machine-registry.js";

/** What one installation left behind, so that its removal takes away just that. */
export interface InstalledRecord {
  readonly files: readonly string[];
  readonly keys: readonly { hive: RegistryHive; key: string; view: RegistryView }[];
  readonly values: readonly { hive: RegistryHive; key: string; view: RegistryView; name: string }[];
}

/** A setup program that was taken to be installed, though it was not run. */
export interface SetupRecord extends InstalledRecord {
  readonly name: string;
  /** Where its uninstaller is taken to be. */
  readonly uninstaller: string;
}

/** What the next command line that contains `match` (without regard to case) is made to do. */
export interface ScriptedAnswer {
  readonly match: string;
  readonly exitCode?: number;
  readonly output?: string;
  /** It waits for a person: the time limit ends it. */
  readonly waits?: boolean;
  /** Whether the command has its usual effect all the same. Default false. */
  readonly effects?: boolean;
}

interface MachineJson {
  format: 1;
  bits: 64 | 32;
  environment: { [name: string]: string };
  grains: { [name: string]: Json };
  registry: { [hive in RegistryHive]?: RegistryJson };
  products: { [productCode: string]: InstalledRecord & { package: string } };
  setups: { [id: string]: SetupRecord };
  script: ScriptedAnswer[];
}

export interface NewMachine {
  readonly bits?: 64 | 32;
  readonly grains?: { readonly [name: string]: Json };
  readonly environment?: { readonly [name: string]: string };
}

const stateFile = "machine.json";

/** Everything about a simulated machine but its files. Kept in one file that is replaced as a whole. */
export class MachineState {
  readonly registry: MachineRegistry;
  readonly #json: MachineJson;

  private constructor(
    readonly folder: string,
    json: MachineJson,
  ) {
    this.#json = json;
    this.registry = new MachineRegistry(json.bits, json.registry);
  }

  /** Opens the machine in a folder; a new one is made where there is none. */
  static open(folder: string, fresh: NewMachine = {}): MachineState {
    const file = path.join(folder, stateFile);
    if (!existsSync(file)) return new MachineState(folder, newMachine(fresh));
    let json: MachineJson;
    try {
      json = JSON.parse(readFileSync(file, "utf8")) as MachineJson;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TargetError(
        `The simulated machine's file ${file} cannot be read (${reason}). Remove its folder to start anew.`,
      );
    }
    if (json.format !== 1) {
      throw new TargetError(
        `The simulated machine's file ${file} is of another version of Winrepo. Remove its folder to start anew.`,
      );
    }
    return new MachineState(folder, json);
  }

  get bits(): 64 | 32 {
    return this.#json.bits;
  }

  get grains(): { readonly [name: string]: Json } {
    return this.#json.grains;
  }

  get environment(): { readonly [name: string]: string } {
    return this.#json.environment;
  }

  get products(): MachineJson["products"] {
    return this.#json.products;
  }

  get setups(): MachineJson["setups"] {
    return this.#json.setups;
  }

  get script(): ScriptedAnswer[] {
    return this.#json.script;
  }

  variable(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return Object.entries(this.#json.environment).find(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
  }

  async save(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    const json: MachineJson = { ...this.#json, registry: this.registry.toJson() };
    replaceOwnFile(path.join(this.folder, stateFile), `${JSON.stringify(json, undefined, 1)}\n`);
  }
}

function newMachine({ bits = 64, grains = {}, environment }: NewMachine): MachineJson {
  const system = "S-1-5-18";
  const userData = "Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData";
  const registry = new MachineRegistry(bits);
  // The keys that every Windows has and that those who list software look into.
  for (const view of ["64", "32"] as const) {
    registry.ensure("HKLM", "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall", view);
  }
  registry.ensure("HKLM", "Software\\Classes\\Installer\\Products", "64");
  registry.ensure("HKLM", `${userData}\\${system}\\Products`, "64");
  for (const sid of [".DEFAULT", system]) registry.ensure("HKU", `${sid}\\Software`, "64");
  return {
    format: 1,
    bits,
    grains: { ...grains },
    environment: { ...(environment ?? defaultEnvironment(bits)) },
    registry: registry.toJson(),
    products: {},
    setups: {},
    script: [],
  };
}

function defaultEnvironment(bits: 64 | 32): { [name: string]: string } {
  return {
    ALLUSERSPROFILE: "C:\\ProgramData",
    ComSpec: "C:\\Windows\\system32\\cmd.exe",
    CommonProgramFiles: "C:\\Program Files\\Common Files",
    PROCESSOR_ARCHITECTURE: bits === 64 ? "AMD64" : "x86",
    ProgramData: "C:\\ProgramData",
    ProgramFiles: "C:\\Program Files",
    ...(bits === 64 && {
      "CommonProgramFiles(x86)": "C:\\Program Files (x86)\\Common Files",
      "ProgramFiles(x86)": "C:\\Program Files (x86)",
      ProgramW6432: "C:\\Program Files",
    }),
    PUBLIC: "C:\\Users\\Public",
    SystemDrive: "C:",
    SystemRoot: "C:\\Windows",
    TEMP: "C:\\Windows\\TEMP",
    TMP: "C:\\Windows\\TEMP",
    USERNAME: "SYSTEM",
    windir: "C:\\Windows",
  };
}
