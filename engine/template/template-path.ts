/**
 * The path below the file-server root that an import names. `./` and `../` count from the importing template's folder; in
 * a definition itself that is the root (salt-reference §3.6).
 * @param from the importing template's own path below the root; undefined for the file that is rendered
 * @returns undefined for a path that leads out of the root
 */
export function templatePath(name: string, from: string | undefined): string | undefined {
  const relative = name.startsWith("./") || name.startsWith("../");
  const folder = relative && from?.includes("/") ? from.slice(0, from.lastIndexOf("/")).split("/") : [];
  const parts = [...folder];
  for (const part of name.split("/")) {
    if (part === "." || part === "") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
