import { splitProgram } from "../../process/windows-quoting.js";

/** What `CreateProcess` looks at when it gets no name of a program. */
export interface ProgramPlaces {
  /** Lower-case name → value. */
  variable(name: string): string | undefined;
  kind(path: string): "file" | "folder" | "none";
}

export type FoundProgram =
  | { readonly file: string; readonly isBatch: boolean }
  /** Windows' own number for what is wrong. */
  | { readonly error: 2 | 5 | 87 };

/**
 * The file that `CreateProcess` takes for the first word of a line: a path as it is, a bare name from Windows' folders and then
 * the search path, never from the folder that the program is to run in; `.exe` is added where the name has no extension.
 */
export function findProgram(commandLine: string, places: ProgramPlaces): FoundProgram {
  const { program } = splitProgram(commandLine);
  if (program === "") return { error: 87 };
  const name = program.replaceAll("/", "\\");
  const full = /\.[^\\.]*$/.test(name) ? name : `${name}.exe`;
  const root = places.variable("systemroot") ?? "C:\\Windows";
  const searched = name.includes("\\")
    ? [""]
    : [
        `${root}\\System32\\`,
        `${root}\\`,
        ...(places.variable("path") ?? "").split(";").filter(Boolean).map(withSlash),
      ];
  for (const folder of searched) {
    const kind = places.kind(folder + full);
    if (kind === "file") return { file: folder + full, isBatch: /\.(?:bat|cmd)$/i.test(full) };
    if (kind === "folder" || places.kind(folder + name) === "folder") return { error: 5 };
  }
  return { error: 2 };
}

const withSlash = (folder: string): string => (folder.endsWith("\\") ? folder : `${folder}\\`);
