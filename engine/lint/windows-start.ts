/** What Windows does when it is asked to start a file by its name, without a shell (CreateProcess). */
export type WindowsStart =
  | { readonly kind: "starts" }
  /** It looks for another name: `windows` becomes `windows.exe`. */
  | { readonly kind: "other-name"; readonly looksFor: string }
  /** The file is no program (error 193). */
  | { readonly kind: "no-program"; readonly what: string; readonly opener: string | undefined };

interface FileType {
  readonly what: string;
  /** How it is opened: the program and its arguments. */
  readonly opener?: string;
}

const archive: FileType = { what: "an archive" };
const appPackage: FileType = { what: "an app package", opener: "Add-AppxProvisionedPackage of PowerShell" };

/** Files that are opened with a program and are none. */
const fileTypes: ReadonlyMap<string, FileType> = new Map<string, FileType>([
  ["msu", { what: "an update for Windows", opener: "wusa.exe FILE /quiet /norestart" }],
  ["msp", { what: "a patch of Windows Installer", opener: "msiexec.exe /p FILE /qn" }],
  ["ps1", { what: "a script of PowerShell", opener: "powershell.exe -ExecutionPolicy Bypass -File FILE" }],
  ["vbs", { what: "a script", opener: "cscript.exe //B //Nologo FILE" }],
  ["js", { what: "a script", opener: "cscript.exe //B //Nologo FILE" }],
  ["wsf", { what: "a script", opener: "cscript.exe //B //Nologo FILE" }],
  ["reg", { what: "a file of registry keys", opener: "reg.exe import FILE" }],
  ["jar", { what: "a Java archive", opener: "java.exe -jar FILE" }],
  ["application", { what: "a ClickOnce manifest" }],
  ["appref-ms", { what: "a ClickOnce shortcut" }],
  ["appx", appPackage],
  ["msix", appPackage],
  ["appxbundle", appPackage],
  ["msixbundle", appPackage],
  ["zip", archive],
  ["7z", archive],
  ["rar", archive],
  ["gz", archive],
  ["tgz", archive],
  ["xz", archive],
  ["tar", archive],
  ["cab", archive],
  ["iso", { what: "an image of a disk" }],
]);

/** @param name a file's name, without its folder */
export function windowsStart(name: string): WindowsStart {
  const dot = name.lastIndexOf(".");
  // CreateProcess appends .exe to a name without a dot.
  if (dot < 0) return { kind: "other-name", looksFor: `${name}.exe` };
  const type = fileTypes.get(name.slice(dot + 1).toLowerCase());
  return type ? { kind: "no-program", what: type.what, opener: type.opener } : { kind: "starts" };
}
