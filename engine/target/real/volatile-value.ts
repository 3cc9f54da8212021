import type { RegistryHive, RegistryValue } from "../target.js";

const kinds: { readonly [type: string]: string } = {
  REG_SZ: "String",
  REG_EXPAND_SZ: "ExpandString",
  REG_DWORD: "DWord",
};

/**
 * The arguments of a PowerShell that writes a value into a key that goes with the next restart, which `reg.exe` cannot
 * make. Undefined for types that nobody writes so.
 */
export function volatileWriter(
  hive: RegistryHive,
  key: string,
  name: string,
  { type, data }: RegistryValue,
): string[] | undefined {
  const kind = kinds[type];
  if (!kind || typeof data === "object") return undefined;
  const base = hive === "HKLM" ? "LocalMachine" : "Users";
  const value = typeof data === "number" ? String(data | 0) : literal(data);
  const script = [
    "$ErrorActionPreference = 'Stop'",
    `$base = [Microsoft.Win32.RegistryKey]::OpenBaseKey('${base}', 'Registry64')`,
    `$key = $base.CreateSubKey(${literal(key)}, [Microsoft.Win32.RegistryKeyPermissionCheck]::ReadWriteSubTree, [Microsoft.Win32.RegistryOptions]::Volatile)`,
    `$key.SetValue(${literal(name)}, ${value}, '${kind}')`,
  ].join("; ");
  // Encoded, so that no shell on the way has anything to misread.
  return ["-NoProfile", "-NonInteractive", "-EncodedCommand", Buffer.from(script, "utf16le").toString("base64")];
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
