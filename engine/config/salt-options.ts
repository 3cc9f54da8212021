import { firstReleases, type SaltFeatureName } from "../salt-version/features.js";
import type { Json } from "../value/types.js";

/** Whose configuration an option stands in. */
export type SaltRole = "master" | "minion";

export type SaltOptionType =
  | "text"
  | "boolean"
  | "seconds"
  | "count"
  | "url"
  | "path"
  | "file-name"
  | "provider"
  | "remotes"
  | "refspecs"
  | "mapping";

/** One option of Salt's master or minion configuration that decides what winrepo does (salt-reference §10.9). */
export interface SaltOption {
  readonly name: string;
  readonly roles: readonly SaltRole[];
  readonly type: SaltOptionType;
  /** What Salt takes when it is not set; undefined when that is "nothing". */
  readonly default?: Json;
  /** One sentence for completion, hover and `winrepo config`. */
  readonly meaning: string;
  /** Its value is never shown. */
  readonly secret?: boolean;
  /** Not every release of Salt knows it. */
  readonly since?: SaltFeatureName;
}

const both: readonly SaltRole[] = ["master", "minion"];
const minionOnly: readonly SaltRole[] = ["minion"];

const windowsRoot = "C:\\ProgramData\\Salt Project\\Salt";
/** Salt's folders on this machine: a master's, or those of a minion without a Windows. */
const isWindows = process.platform === "win32";
const fileRoot = isWindows ? `${windowsRoot}\\srv\\salt` : "/srv/salt";

/** The order is the one that `winrepo config` prints. */
export const saltOptions: readonly SaltOption[] = [
  {
    name: "winrepo_source_dir",
    roles: minionOnly,
    type: "url",
    default: "salt://win/repo-ng/",
    meaning: "Where on the file server pkg.refresh_db fetches definitions from.",
  },
  {
    name: "winrepo_cachefile",
    roles: both,
    type: "file-name",
    default: "winrepo.p",
    meaning: "Name of the database that genrepo writes.",
  },
  {
    name: "winrepo_cache_expire_min",
    roles: minionOnly,
    type: "seconds",
    default: 1800,
    meaning: "A database younger than this is not made anew by refresh=True; pkg.refresh_db always makes it.",
  },
  {
    name: "winrepo_cache_expire_max",
    roles: minionOnly,
    type: "seconds",
    default: 604800,
    meaning: "A database older than this is made anew by the next pkg function that needs it.",
  },
  {
    name: "winrepo_installer_cache_expire",
    roles: minionOnly,
    type: "seconds",
    default: 0,
    meaning: "pkg.refresh_db removes installers from the cache that are older than this; 0 keeps them.",
    since: "installer-cache-expiry",
  },
  {
    name: "winrepo_dir",
    roles: both,
    type: "path",
    default: isWindows ? `${fileRoot}\\win\\repo` : `${fileRoot}/win/repo`,
    meaning: "Folder of the legacy repository, for minions before 2015.8; winrepo_remotes are checked out there.",
  },
  {
    name: "winrepo_dir_ng",
    roles: both,
    type: "path",
    default: isWindows ? `${fileRoot}\\win\\repo-ng` : `${fileRoot}/win/repo-ng`,
    meaning: "Folder of the repository; winrepo_remotes_ng are checked out there.",
  },
  {
    name: "winrepo_remotes",
    roles: both,
    type: "remotes",
    default: ["https://github.com/saltstack/salt-winrepo.git"],
    meaning: "Git remotes of the legacy repository. Set it to [] to do without.",
  },
  {
    name: "winrepo_remotes_ng",
    roles: both,
    type: "remotes",
    default: ["https://github.com/saltstack/salt-winrepo-ng.git"],
    meaning: "Git remotes of the repository: a URL, `ref URL`, or a mapping of either to per-remote parameters.",
  },
  {
    name: "winrepo_branch",
    roles: both,
    type: "text",
    default: "master",
    meaning: "Branch or tag of remotes that name none. A repository whose default branch is main needs it set.",
  },
  {
    name: "winrepo_fallback",
    roles: both,
    type: "text",
    default: "",
    meaning: "Branch or tag that is taken when a remote lacks the wanted one.",
  },
  {
    name: "winrepo_ssl_verify",
    roles: both,
    type: "boolean",
    default: true,
    meaning: "Whether the certificates of https remotes are checked.",
  },
  {
    name: "winrepo_refspecs",
    roles: both,
    type: "refspecs",
    default: ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"],
    meaning: "Which refs of a remote are looked at, and under which names.",
  },
  {
    name: "winrepo_provider",
    roles: both,
    type: "provider",
    meaning: "The Python library that Salt uses for git: pygit2 or gitpython. Winrepo needs neither.",
  },
  {
    name: "winrepo_proxy",
    roles: both,
    type: "text",
    default: "",
    meaning: "Proxy for http(s) remotes.",
    since: "git-proxy",
  },
  {
    name: "winrepo_depth",
    roles: both,
    type: "count",
    default: 1,
    meaning: "How many commits of a remote's history are fetched.",
    since: "git-proxy",
  },
  { name: "winrepo_user", roles: both, type: "text", default: "", meaning: "User name for http(s) remotes." },
  {
    name: "winrepo_password",
    roles: both,
    type: "text",
    default: "",
    secret: true,
    meaning: "Password for http(s) remotes. Better kept in the environment, as WINREPO_PASSWORD.",
  },
  {
    name: "winrepo_insecure_auth",
    roles: both,
    type: "boolean",
    default: false,
    meaning: "Whether user and password may be sent to http remotes, unencrypted.",
  },
  { name: "winrepo_pubkey", roles: both, type: "path", default: "", meaning: "Public key file for ssh remotes." },
  { name: "winrepo_privkey", roles: both, type: "path", default: "", meaning: "Private key file for ssh remotes." },
  {
    name: "winrepo_passphrase",
    roles: both,
    type: "text",
    default: "",
    secret: true,
    meaning: "Passphrase of the private key. Better kept in the environment, as WINREPO_PASSPHRASE.",
  },
  {
    name: "file_roots",
    roles: both,
    type: "mapping",
    default: { base: [fileRoot] },
    meaning: "Per environment the folders that stand for salt://; the first that has a file wins.",
  },
  {
    name: "cachedir",
    roles: minionOnly,
    type: "path",
    default: isWindows ? `${windowsRoot}\\var\\cache\\salt\\minion` : "/var/cache/salt/minion",
    meaning: "The minion's cache; definitions and their database lie in its files\\<saltenv>\\win\\repo-ng.",
  },
  {
    name: "saltenv",
    roles: minionOnly,
    type: "text",
    meaning: "The environment that definitions come from; base unless set.",
  },
  {
    name: "renderer",
    roles: both,
    type: "text",
    default: "jinja|yaml",
    meaning: "The renderers that a definition without a #! line goes through.",
  },
];

/** Names that Salt no longer reads (it warned of them until 2017.7) and what they are called now. */
export const renamedOptions: ReadonlyMap<string, string> = new Map([
  ["win_repo", "winrepo_dir"],
  ["win_repo_mastercachefile", "winrepo_cachefile"],
  ["win_repo_cachefile", "winrepo_cachefile"],
  ["winrepo_mastercachefile", "winrepo_cachefile"],
  ["win_gitrepos", "winrepo_remotes"],
  ["win_repo_source_dir", "winrepo_source_dir"],
]);

const byName = new Map(saltOptions.map((option) => [option.name, option]));

export function saltOption(name: string): SaltOption | undefined {
  return byName.get(name);
}

/** Salt's default of an option; null when it is unset. */
export function optionDefault(option: SaltOption): Json {
  return option.default ?? null;
}

/** Which of Salt's files a path is, judged by its name alone: `minion`, `master`, or a `.conf` in `minion.d`, `master.d`. */
export function saltConfigRole(file: string): SaltRole | undefined {
  const parts = file.split(/[\\/]/);
  const name = parts.at(-1) ?? "";
  if (name === "master" || name === "minion") return name;
  const folder = parts.at(-2);
  if (!name.endsWith(".conf")) return undefined;
  return folder === "master.d" ? "master" : folder === "minion.d" ? "minion" : undefined;
}

/** One entry of the completion list at the start of a line of such a file. */
export interface SaltOptionCompletion {
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
  readonly insertText: string;
}

/** The winrepo options for a file of that role that does not set them yet. */
export function saltOptionCompletions(
  role: SaltRole,
  present: ReadonlySet<string> = new Set(),
): SaltOptionCompletion[] {
  return saltOptions
    .filter((option) => option.roles.includes(role) && !present.has(option.name))
    .map((option) => ({
      label: option.name,
      detail: option.type,
      documentation: optionDocumentation(option),
      insertText:
        option.type === "remotes" || option.type === "refspecs" ? `${option.name}:\n  - ` : `${option.name}: `,
    }));
}

/** Markdown: what an option means and what Salt takes without it. */
export function optionDocumentation(option: SaltOption): string {
  const value = optionDefault(option);
  const since =
    option.since === undefined ? "" : `\n\nSince Salt ${firstReleases(option.since)}; older ones ignore it.`;
  return `${option.meaning}${since}\n\nDefault: ${value === null ? "not set" : `\`${JSON.stringify(value)}\``}`;
}
