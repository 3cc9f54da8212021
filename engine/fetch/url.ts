/** A URL in the parts that Salt sees: Python's `urlsplit`, which decodes and checks nothing. */
export interface UrlParts {
  /** Lower case, `""` when there is none. A drive letter counts as one. */
  readonly scheme: string;
  /** User, host and port as written. */
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

export function splitUrl(text: string): UrlParts {
  // As Python does since 3.11: control characters around and line breaks within are dropped.
  let rest = text.replace(/^[\0-\x20]+/, "").replace(/[\t\r\n]/g, "");
  let scheme = "";
  const colon = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  if (colon) {
    scheme = (colon[1] as string).toLowerCase();
    rest = rest.slice(colon[0].length);
  }
  let netloc = "";
  if (rest.startsWith("//")) {
    netloc = /^[^/?#]*/.exec(rest.slice(2))![0];
    rest = rest.slice(2 + netloc.length);
  }
  const [beforeFragment, fragment] = cut(rest, "#");
  const [path, query] = cut(beforeFragment, "?");
  return { scheme, netloc, path, query, fragment };
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** What Salt caches before it runs it; anything else is used where it is (salt-reference §7.4). */
export const cachedSchemes: readonly string[] = ["salt", "http", "https", "ftp", "swift", "s3", "file"];

export function isCachedScheme(location: string): boolean {
  return cachedSchemes.includes(splitUrl(location).scheme);
}
