/** A `salt://` address: its path below the file server's root with `/`, and the environment that it names. */
export interface SaltLocation {
  readonly path: string;
  readonly saltenv: string | undefined;
}

/** @returns undefined for what is no address of Salt's file server */
export function saltLocation(text: string): SaltLocation | undefined {
  const match = /^salt:\/\/([^?#]*)(?:\?([^#]*))?/.exec(text);
  if (!match) return undefined;
  const parts = (match[1] ?? "").replace(/^\|/, "").split("/");
  return {
    path: parts.filter((part) => part !== "" && part !== ".").join("/"),
    saltenv: /(?:^|&)saltenv=([^&]*)/.exec(match[2] ?? "")?.[1],
  };
}
