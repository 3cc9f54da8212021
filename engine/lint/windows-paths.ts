/** `salt:`, `https:` … as Salt knows them: what it fetches before it runs it (salt-reference §7.4). */
const fetchedScheme = /^(salt|file|https?|ftp|swift|s3):/i;

/** Whether Salt fetches the installer itself; otherwise it is a path on the target. */
export function isFetched(location: string): boolean {
  return fetchedScheme.test(location);
}

/** The file name of a URL or path, without query and fragment, not percent-decoded. */
export function fileNameOf(location: string): string {
  const path = isFetched(location) ? until(until(location, "?"), "#") : location;
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function until(text: string, mark: string): string {
  const end = text.indexOf(mark);
  return end < 0 ? text : text.slice(0, end);
}

/** The ending of the file name in lower case, without the dot: `msi`, `exe`; empty when it has none. */
export function extensionOf(location: string): string {
  const name = fileNameOf(location).trim();
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return extension === name || /\s/.test(extension) ? "" : extension.toLowerCase();
}

const programs = new Set(["exe", "com", "bat", "cmd", "ps1", "vbs", "scr", "zip"]);

/** Whether the name's ending says that it is a program, a script or an archive: no package of Windows Installer. */
export function isProgram(location: string): boolean {
  return programs.has(extensionOf(location));
}

export const guidPattern = /^\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}$/i;

/** A product code, anywhere in a text. */
export const guidInText = /\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}/i;

/** `msiexec`, `MsiExec.exe`, `C:\Windows\System32\msiexec.exe`, with or without quotes. */
export function isMsiexecProgram(program: string): boolean {
  return /^"?(?:.*[\\/])?msiexec(?:\.exe)?"?$/i.test(program.trim());
}

/** `%NAME%`, as Windows expands it. */
export const environmentVariable = /%[A-Za-z_][\w()]*%/;

/** A command line's words; what stands in double quotes stays together. */
export function wordsOf(flags: string): string[] {
  return flags.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

/** Whether Windows Installer is told to show no dialogs that wait for a person. */
export function isQuietMsi(flags: string): boolean {
  return wordsOf(flags).some((word) => /^[-/](?:q(?:uiet|[nbr]?)[-+!]*|passive)$/i.test(word));
}

const named64 = /(?:^|[^a-z0-9])(?:x64|x86[-_]64|amd64|win64|64[-_]?bit)(?:[^a-z0-9]|$)/i;
const named32 = /(?:^|[^a-z0-9])(?:x86(?![-_]64)|x32|i[3-6]86|win32|32[-_]?bit)(?:[^a-z0-9]|$)/i;

/** The architecture in the file's name; undefined when it names none, or both. */
export function architectureOf(location: string): "x64" | "x86" | undefined {
  const name = fileNameOf(location);
  if (named64.test(name) === named32.test(name)) return undefined;
  return named64.test(name) ? "x64" : "x86";
}
