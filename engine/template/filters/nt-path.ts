// Python's ntpath, as far as Salt's path_join uses it: paths of a Windows minion, wherever Winrepo runs.

interface SplitPath {
  /** `C:` or `\\server\share`. */
  readonly drive: string;
  /** The separator behind the drive, if there is one. */
  readonly root: string;
  readonly rest: string;
}

/** `ntpath.splitroot` of a path with backslashes. */
function splitRoot(path: string): SplitPath {
  if (path.startsWith("\\\\")) {
    const start = path.slice(0, 8).toUpperCase() === "\\\\?\\UNC\\" ? 8 : 2;
    const server = path.indexOf("\\", start);
    const share = server < 0 ? -1 : path.indexOf("\\", server + 1);
    if (share < 0) return { drive: path, root: "", rest: "" };
    return { drive: path.slice(0, share), root: "\\", rest: path.slice(share + 1) };
  }
  if (path.startsWith("\\")) return { drive: "", root: "\\", rest: path.slice(1) };
  if (path[1] !== ":") return { drive: "", root: "", rest: path };
  const root = path[2] === "\\" ? "\\" : "";
  return { drive: path.slice(0, 2), root, rest: path.slice(2 + root.length) };
}

/** `ntpath.normpath` */
export function normalizePath(path: string): string {
  const { drive, root, rest } = splitRoot(path.replaceAll("/", "\\"));
  const parts: string[] = [];
  for (const part of rest.split("\\")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (root === "") parts.push(part);
  }
  if (drive + root === "" && parts.length === 0) return ".";
  return drive + root + parts.join("\\");
}

/** `ntpath.join` of normal paths: a part with a root or a drive of its own replaces what stands before it. */
export function joinPaths(first: string, ...others: readonly string[]): string {
  let { drive, root, rest } = splitRoot(first);
  for (const other of others) {
    const next = splitRoot(other);
    if (next.root !== "" || (next.drive !== "" && next.drive.toLowerCase() !== drive.toLowerCase())) {
      drive = next.drive !== "" || drive === "" ? next.drive : drive;
      ({ root, rest } = next);
      continue;
    }
    if (next.drive !== "") ({ drive } = next);
    rest += rest !== "" && !rest.endsWith("\\") ? `\\${next.rest}` : next.rest;
  }
  const separator = rest !== "" && root === "" && drive !== "" && !/[:\\]$/.test(drive) ? "\\" : "";
  return drive + (root || separator) + rest;
}
