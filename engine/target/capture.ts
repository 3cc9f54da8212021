import type { Profile } from "../config/profile.js";
import type { Json } from "../value/types.js";
import { machineSaltVersion } from "./salt-version.js";
import type { RegistryKey, Target } from "./target.js";

/** What definitions commonly ask the registry for. */
const usualKeys = [
  "HKLM\\SOFTWARE\\Salt Project\\Salt",
  "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
  "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full",
];
const variables = [
  "ALLUSERSPROFILE",
  "CommonProgramFiles",
  "CommonProgramFiles(x86)",
  "ComSpec",
  "OS",
  "ProgramData",
  "ProgramFiles",
  "ProgramFiles(x86)",
  "ProgramW6432",
  "PROCESSOR_ARCHITECTURE",
  "PUBLIC",
  "SystemDrive",
  "SystemRoot",
  "TEMP",
  "windir",
];

/** A profile from a live machine: its grains, the values of some registry keys, and the usual variables. */
export async function captureProfile(
  target: Target,
  options: { readonly name: string; readonly keys?: readonly string[]; readonly signal?: AbortSignal },
): Promise<Profile> {
  const registry: { [path: string]: Json } = {};
  for (const key of [...usualKeys, ...(options.keys ?? [])]) {
    const [, hive, below] = /^(HKLM|HKU)\\(.+)$/i.exec(key) ?? [];
    if (!hive || !below) continue;
    const name = hive.toUpperCase() as "HKLM" | "HKU";
    const found = await target.readRegistry(name, below, "64", 0, options.signal);
    if (found) Object.assign(registry, valuesOf(found, `${name}\\${below}`));
  }
  const environment: { [name: string]: string } = {};
  for (const name of variables) {
    const value = await target.expandEnvironment(`%${name}%`);
    if (value !== `%${name}%`) environment[name] = value;
  }
  const grains = await target.grains(options.signal);
  const saltVersion = await machineSaltVersion(target, options.signal);
  return {
    name: options.name,
    ...(saltVersion !== undefined && { saltVersion }),
    grains,
    pillar: {},
    opts: {},
    registry,
    environment,
    functions: {},
  };
}

/** Bytes are left out: no definition can do anything with them. */
function valuesOf(key: RegistryKey, path: string): { [path: string]: Json } {
  const texts = [...key.values].filter(([, { type }]) => type !== "REG_BINARY" && type !== "REG_NONE");
  return Object.fromEntries(
    texts.map(([name, { data }]) => [`${path}\\${name}`, typeof data === "object" ? [...data] : data]),
  );
}
