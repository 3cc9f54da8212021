/**
 * Python's `os.path.expandvars` on Windows, which Salt applies to local uninstallers (salt-reference §8): `%X%`, `$X`
 * and `${X}`; `%%` and `$$` give one sign; text in single quotes and unknown names stay as they are.
 */
export async function expandVariables(
  text: string,
  lookup: (name: string) => Promise<string | undefined>,
): Promise<string> {
  const pattern = /'[^']*'|'.*$|%%|\$\$|%([^%]*)%|%.*$|\$\{([^}]*)\}|\$\{.*$|\$([A-Za-z0-9_-]*)/gs;
  let expanded = "";
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    expanded += text.slice(end, match.index);
    end = match.index + match[0].length;
    const name = match[1] ?? match[2] ?? match[3];
    if (match[0] === "%%" || match[0] === "$$") expanded += match[0][0];
    else expanded += (name === undefined ? undefined : await lookup(name)) ?? match[0];
  }
  return expanded + text.slice(end);
}
