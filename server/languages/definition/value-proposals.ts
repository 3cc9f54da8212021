import type { DefinitionKey } from "../../../engine/definition/key.js";

/** A value that a key often has. */
export interface ValueProposal {
  readonly value: string;
  readonly detail: string;
}

const silentInstall: readonly ValueProposal[] = [
  { value: "/qn /norestart", detail: "MSI" },
  { value: "/S", detail: "NSIS" },
  { value: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART /SP-", detail: "Inno Setup" },
  { value: "/quiet /norestart", detail: "WiX bundle, Microsoft installers" },
  { value: '/s /v"/qn /norestart"', detail: "InstallShield with an MSI inside" },
  { value: "--silent", detail: "Squirrel" },
];

const silentUninstall: readonly ValueProposal[] = [
  { value: "/qn /norestart", detail: "MSI" },
  { value: "/S", detail: "NSIS" },
  { value: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART", detail: "Inno Setup" },
  { value: "/uninstall /quiet /norestart", detail: "WiX bundle" },
];

const proposals: { readonly [name: string]: readonly ValueProposal[] } = {
  install_flags: silentInstall,
  uninstall_flags: silentUninstall,
  installer: [
    { value: "https://", detail: "downloaded by the minion" },
    { value: "salt://win/repo-ng/", detail: "from the master's file server" },
  ],
  uninstaller: [
    { value: "%ProgramFiles%\\", detail: "a program on the machine" },
    { value: "%ProgramFiles(x86)%\\", detail: "a 32-bit program on 64-bit Windows" },
    { value: "{00000000-0000-0000-0000-000000000000}", detail: "an MSI's product code, with msiexec: True" },
  ],
  source_hash: [{ value: "sha256=", detail: "followed by the hexadecimal digest" }],
  cache_file: [{ value: "salt://", detail: "one file that is fetched along with the installer" }],
};

/** The values to choose from: those of a switch, and the usual ones of some keys. */
export function valuesOf(key: DefinitionKey): readonly ValueProposal[] {
  const booleans = key.types.includes("boolean")
    ? ["True", "False"].map((value) => ({
        value,
        detail: value.toLowerCase() === String(key.default) ? "default" : "",
      }))
    : [];
  return [...booleans, ...(proposals[key.name] ?? [])];
}
