import { definitionKeys } from "../../../engine/definition/keys.js";

/** A value that a key often has. */
export interface ValueProposal {
  readonly value: string;
  readonly detail: string;
}

/** What an installer's name tells: an `.msi` is run by msiexec, an `.exe` is not. */
export type InstallerForm = "msi" | "exe" | undefined;

interface FlagProposal extends ValueProposal {
  readonly form: InstallerForm;
}

const silentInstall: readonly FlagProposal[] = [
  { value: "/qn /norestart", detail: "MSI", form: "msi" },
  { value: "/S", detail: "NSIS", form: "exe" },
  { value: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART /SP-", detail: "Inno Setup", form: "exe" },
  { value: "/quiet /norestart", detail: "WiX bundle, Microsoft installers", form: "exe" },
  { value: '/s /v"/qn /norestart"', detail: "InstallShield with an MSI inside", form: "exe" },
  { value: "--silent", detail: "Squirrel", form: "exe" },
];

const silentUninstall: readonly FlagProposal[] = [
  { value: "/qn /norestart", detail: "MSI", form: "msi" },
  { value: "/S", detail: "NSIS", form: "exe" },
  { value: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART", detail: "Inno Setup", form: "exe" },
  { value: "/uninstall /quiet /norestart", detail: "WiX bundle", form: "exe" },
];

const proposals: { readonly [name: string]: readonly ValueProposal[] } = {
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

const flags: { readonly [name: string]: readonly FlagProposal[] } = {
  install_flags: silentInstall,
  uninstall_flags: silentUninstall,
};

/** The form of the program that some flags are for, from what stands beside them: the values of a version, as written. */
export function installerForm(key: string, values: ReadonlyMap<string, string>): InstallerForm {
  if (/^['"]?(true|yes|on)['"]?$/i.test(values.get("msiexec") ?? "")) return "msi";
  const program =
    values.get(key === "uninstall_flags" && values.has("uninstaller") ? "uninstaller" : "installer") ?? "";
  return (/\.(msi|exe)\b(?!.*\.(?:msi|exe)\b)/i.exec(program)?.[1]?.toLowerCase() ?? undefined) as InstallerForm;
}

/** The values to choose from: those of a switch, and the usual ones of some keys, what fits the installer first. */
export function valuesOf(name: string, form?: InstallerForm): readonly ValueProposal[] {
  const key = definitionKeys.find((candidate) => candidate.name === name);
  if (!key) return [];
  const flagged = flags[name] ?? [];
  const fitting = form === undefined ? flagged : flagged.filter((flag) => flag.form === form);
  const others = flagged.filter((flag) => !fitting.includes(flag));
  return [...booleans(key), ...fitting, ...others, ...(proposals[name] ?? [])];
}

function booleans(key: (typeof definitionKeys)[number]): ValueProposal[] {
  if (!key.types.includes("boolean")) return [];
  return ["True", "False"].map((value) => ({
    value,
    detail: value.toLowerCase() === String(key.default) ? "default" : "",
  }));
}
