import { firstReleases, hasFeature } from "../salt-version/features.js";
import { defaultSaltVersion, type SaltVersion } from "../salt-version/salt-version.js";
import { withoutSecrets } from "../secrets.js";
import type { Json } from "../value/types.js";

/** How a remote is reached. */
export type RemoteTransport = "http" | "https" | "ssh" | "file" | "ftp";

/**
 * One git remote of winrepo_remotes or winrepo_remotes_ng, with the global options filled in (salt-reference §10.4).
 */
export interface GitRemote {
  /** The text as configured, with its ref; the key in Salt's answer. */
  readonly id: string;
  readonly url: string;
  readonly transport: RemoteTransport;
  /** Branch or tag (or commit, which Salt cannot) that is wanted. */
  readonly ref: string;
  readonly fallback: string;
  /** Folder below the base directory; the checkout is its `_`. */
  readonly name: string;
  readonly sslVerify: boolean;
  readonly refspecs: readonly string[];
  readonly user: string;
  readonly password: string;
  readonly insecureAuth: boolean;
  readonly pubkey: string;
  readonly privkey: string;
  readonly passphrase: string;
}

export interface RemoteProblem {
  /** Which entry of the list, from 0. */
  readonly index: number;
  /** The parameter it is about. */
  readonly parameter?: string;
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
}

export interface ParsedRemotes {
  readonly remotes: readonly GitRemote[];
  readonly problems: readonly RemoteProblem[];
}

/** Values of the `winrepo_*` options that hold for every remote. */
export type RemoteDefaults = Omit<GitRemote, "id" | "url" | "transport" | "ref" | "name"> & { readonly branch: string };

const textParameters = ["name", "fallback", "user", "password", "pubkey", "privkey", "passphrase"] as const;
/** Those that only some releases of Salt take; here they are read and have no effect. */
const newerParameters: readonly string[] = ["proxy"];
const booleanParameters = ["ssl_verify", "insecure_auth"] as const;
const parameters: readonly string[] = [...textParameters, ...booleanParameters, "refspecs"];
/** Folders of the base directory that Salt keeps for itself. */
const reservedNames: readonly string[] = ["work", "hash", "refs", "links"];

const urlRule =
  "a URL is http(s)://, ssh://, file://, ftp:// or user@host:path, without blanks, %, + and *; " +
  "Salt drops such an entry with a warning in its log and goes on";

/** Reads a list of remotes. Entries with errors are left out of `remotes`. */
export function parseRemotes(
  entries: readonly Json[],
  defaults: RemoteDefaults,
  salt: SaltVersion = defaultSaltVersion,
): ParsedRemotes {
  const remotes: GitRemote[] = [];
  const problems: RemoteProblem[] = [];
  for (const [index, entry] of entries.entries()) {
    const found: RemoteProblem[] = [];
    const report = (code: string, message: string, parameter?: string, severity: "error" | "warning" = "error") =>
      found.push({ index, code, severity, message, ...(parameter === undefined ? {} : { parameter }) });
    const remote = parseEntry(entry, defaults, report, salt);
    problems.push(...found);
    if (remote && !found.some((problem) => problem.severity === "error")) remotes.push(remote);
  }
  return { remotes, problems };
}

type Report = (code: string, message: string, parameter?: string, severity?: "error" | "warning") => void;

function parseEntry(entry: Json, defaults: RemoteDefaults, report: Report, salt: SaltVersion): GitRemote | undefined {
  const split = splitEntry(entry, report);
  if (!split) return undefined;
  const { id } = split;
  const [, written, url = ""] = /^(?:(\S+)\s)?(.*)$/s.exec(id.trim()) ?? [];
  const transport = transportOf(url);
  if (!transport) {
    report("remote-url", `'${withoutSecrets(url)}' is no URL that Salt takes: ${urlRule}.`);
    return undefined;
  }
  const given = readParameters(split.parameters, report, salt);
  const { branch, ...rest } = defaults;
  const remote: GitRemote = {
    ...rest,
    ...given,
    id,
    url,
    transport,
    ref: written ?? branch,
    name: given.name ?? nameFromUrl(url),
  };
  checkName(remote, given.name !== undefined, report);
  checkAuthentication(remote, report);
  return remote;
}

function splitEntry(entry: Json, report: Report): { id: string; parameters: { [name: string]: Json } } | undefined {
  if (typeof entry === "string") return { id: entry, parameters: {} };
  const keys = entry !== null && typeof entry === "object" && !Array.isArray(entry) ? Object.keys(entry) : [];
  const [id] = keys;
  if (id === undefined || keys.length > 1) {
    report(
      "remote-entry",
      "A remote is a URL, `ref URL`, or a mapping with one such key and a list of parameters below it. Salt fails to load winrepo.",
    );
    return undefined;
  }
  const value = (entry as { [name: string]: Json })[id] as Json;
  if (value === null) {
    report(
      "remote-parameters",
      `'${withoutSecrets(id)}' ends in a colon but has no parameters. Salt fails to load winrepo; remove the colon.`,
    );
    return undefined;
  }
  const list = Array.isArray(value) ? value : [value];
  const isMapping = (item: Json) => item !== null && typeof item === "object" && !Array.isArray(item);
  if (!list.every(isMapping)) {
    report(
      "remote-parameters",
      `The parameters of '${withoutSecrets(id)}' must be a list of one-key mappings, such as \`- name: tools\`.`,
    );
    return undefined;
  }
  return { id, parameters: Object.assign({}, ...list) as { [name: string]: Json } };
}

function readParameters(given: { [name: string]: Json }, report: Report, salt: SaltVersion): Partial<GitRemote> {
  const result: { -readonly [Key in keyof GitRemote]?: GitRemote[Key] } = {};
  for (const [name, value] of Object.entries(given)) {
    const isNewer = newerParameters.includes(name);
    if (isNewer && hasFeature(salt, "git-proxy")) continue;
    if (!parameters.includes(name)) {
      report(
        "remote-parameter",
        `'${name}' is no parameter of a winrepo remote${isNewer ? ` before Salt ${firstReleases("git-proxy")}` : ""}; there are ${parameters.join(", ")}. Salt fails to load winrepo.`,
        name,
      );
    } else if (name === "refspecs") {
      if (isTextList(value)) result.refspecs = value;
      else report("remote-parameter", "'refspecs' must be a list of texts.", name);
    } else if (name === "ssl_verify" || name === "insecure_auth") {
      if (typeof value !== "boolean") report("remote-parameter", `'${name}' must be True or False.`, name);
      else if (name === "ssl_verify") result.sslVerify = value;
      else result.insecureAuth = value;
    } else if (value !== null && typeof value === "object") {
      report("remote-parameter", `'${name}' must be a text.`, name);
    } else {
      result[name as (typeof textParameters)[number]] = value === null ? "" : String(value);
    }
  }
  return result;
}

export function isTextList(value: Json): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function transportOf(url: string): RemoteTransport | undefined {
  if (/[\s%+*]/.test(url)) return undefined;
  const scheme = /^([a-z]+):\/\/(.+)$/is.exec(url);
  if (scheme) {
    const name = (scheme[1] as string).toLowerCase();
    if (name === "http" || name === "https" || name === "file" || name === "ftp" || name === "ssh") return name;
    return name === "sftp" ? "ssh" : undefined;
  }
  return /^[\w.-]+@[\w.-]+:[^\\]+$/.test(url) ? "ssh" : undefined;
}

/** The last part of the URL without a trailing `.git`, as Salt names the folder. */
function nameFromUrl(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1).replace(/\.git$/i, "");
}

function checkName(remote: GitRemote, isGiven: boolean, report: Report): void {
  const parameter = isGiven ? "name" : undefined;
  const advice = isGiven ? "Choose another name." : "Give it one with the parameter 'name'.";
  const { name } = remote;
  if (name === "") report("remote-name", `'${withoutSecrets(remote.url)}' gives no folder name. ${advice}`, parameter);
  else if (name === "." || name === ".." || /[\\/\0]/.test(name) || name.startsWith("."))
    report("remote-name", `'${name}' cannot be the name of a remote's folder. ${advice}`, parameter);
  else if (reservedNames.includes(name))
    report("remote-name", `Salt keeps the folder '${name}' for itself. ${advice}`, parameter);
  else if (/[:*?"<>|]/.test(name))
    report("remote-name", `A folder '${name}' cannot exist on Windows. ${advice}`, parameter, "warning");
}

/** salt-reference §10.8. Salt takes these parameters only with pygit2; here they always work. */
function checkAuthentication(remote: GitRemote, report: Report): void {
  if (remote.transport === "http" || remote.transport === "https") {
    if (Boolean(remote.user) !== Boolean(remote.password) && remote.password) {
      report("remote-auth", "A password needs a 'user' beside it. Salt fails to load winrepo.", "password");
    }
    if (remote.transport === "http" && remote.password && !remote.insecureAuth) {
      report(
        "remote-auth",
        "A password would travel unencrypted over http. Use https, or allow it with 'insecure_auth: True'. Salt fails to load winrepo.",
        "insecure_auth",
      );
    }
  }
  if (remote.transport === "ssh" && remote.pubkey && !remote.privkey) {
    report("remote-auth", "A 'pubkey' needs its 'privkey' beside it. Salt fails to load winrepo.", "pubkey");
  }
}

/** Names that two or more remotes would share; on Windows and macOS case makes no difference. */
export function collidingRemotes<Remote extends { readonly directory: string }>(
  remotes: readonly Remote[],
): Remote[][] {
  const groups = new Map<string, Remote[]>();
  for (const remote of remotes) {
    const key = remote.directory.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), remote]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
