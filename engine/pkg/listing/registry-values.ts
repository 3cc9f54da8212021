import type { RegistryKey, RegistryValue } from "../../target/target.js";

/** A value of a key by name. Windows does not tell upper from lower case. */
export function registryValue(key: RegistryKey, name: string): RegistryValue | undefined {
  const exact = key.values.get(name);
  if (exact) return exact;
  const wanted = name.toLowerCase();
  for (const [candidate, value] of key.values) if (candidate.toLowerCase() === wanted) return value;
  return undefined;
}

/** The data of a text value (`REG_SZ`, `REG_EXPAND_SZ`), unexpanded. */
export function registryText(key: RegistryKey, name: string): string | undefined {
  const value = registryValue(key, name);
  if (value?.type !== "REG_SZ" && value?.type !== "REG_EXPAND_SZ") return undefined;
  return typeof value.data === "string" ? value.data : undefined;
}

/** The data of a number as Salt reads it: a REG_DWORD is signed, so 0xFFFFFFFF is -1. */
export function registryNumber({ type, data }: RegistryValue): number | undefined {
  if (typeof data !== "number") return undefined;
  return type === "REG_DWORD" ? data | 0 : data;
}

/**
 * Whether a flag such as `SystemComponent` is there and above 0. A flag of a text type, over which Salt's whole call
 * fails (TypeError, salt-reference §5.1), counts as not set.
 */
export function registryFlag(key: RegistryKey, name: string): boolean {
  const value = registryValue(key, name);
  const number = value && registryNumber(value);
  return number !== undefined && number > 0;
}
