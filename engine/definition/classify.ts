import { baseName } from "../trim.js";
import { findKey, suggestKey } from "./keys.js";
import { type Outline, type OutlineKey, outline } from "./outline.js";

/** What a file of a Salt tree is. */
export type FileKind = "definition" | "state" | "top" | "pillar" | "configuration" | "other";

export interface Classification {
  readonly kind: FileKind;
  /** Why, as the end of a sentence: `line 2 calls pkg.installed, as states do`. */
  readonly reason: string;
  /** The line that shows it, from 0. */
  readonly line?: number;
}

/** How messages name a kind. */
export const fileKindNames: Readonly<Record<FileKind, string>> = {
  definition: "a package definition",
  state: "a state",
  top: "a top file",
  pillar: "pillar data",
  configuration: "Salt's configuration",
  other: "none of the kinds that Winrepo knows",
};

/** Keys that only versions of packages have. */
const versionKeys = new Set("full_name installer install_flags uninstaller uninstall_flags msiexec".split(" "));

/** Options that only Salt's own configuration sets at its top. */
const saltOptions = new Set(
  (
    "cachedir file_client file_roots fileserver_backend gitfs_remotes master master_type pillar_roots pki_dir root_dir " +
    "winrepo_cache_expire_max winrepo_cache_expire_min winrepo_cachefile winrepo_dir winrepo_dir_ng winrepo_remotes " +
    "winrepo_remotes_ng winrepo_source_dir"
  ).split(" "),
);

/** Modules whose functions old states name in two parts: `pkg:` and below it `- installed`. */
const stateModules = new Set(
  (
    "alternatives archive chocolatey cmd cron docker_container environ event file firewalld gem git grains group host http " +
    "iptables locale lgpo module mount network pip pip_state pkg pkgrepo powercfg reg saltutil schedule selinux service " +
    "ssh_auth ssh_known_hosts sysctl system test timezone user virtualenv win_dns_client win_firewall win_iis win_license " +
    "win_path win_powercfg win_servermanager win_system win_wua wua"
  ).split(" "),
);

const stateFunction = /^[a-z_]\w*\.[a-z_]\w*$/;
const repositoryFolder = /(?:^|[\\/])win[\\/]repo(?:-ng)?[\\/]/i;

/**
 * Whether a file lies where minions fetch definitions from. Salt reads every `.sls` there as one, whatever it is, and so
 * do we.
 */
export function isInRepositoryFolder(path: string): boolean {
  return repositoryFolder.test(path);
}

/**
 * What a file is, by its text and its name; without rendering it, so that a broken file is still known for what it is.
 * Only what certainly is something else is called so: in doubt about a text that might become a definition it is `other`.
 */
export function classify(text: string, path: string): Classification {
  const found = outline(text);
  const name = baseName(path);
  return (
    topFile(found, name) ??
    configuration(found, name, path) ??
    stateCall(found) ??
    definition(found) ??
    oldState(found) ??
    // A definition may be switched off, line by line.
    definition(outline(text, true)) ??
    pillar(found) ?? { kind: "other", reason: "it has no keys yet" }
  );
}

/** Whether a file is linted where it was found in a folder: a definition, or what may become one. */
export function mayBeDefinition({ kind }: Classification, path: string): boolean {
  return kind === "definition" || kind === "other" || isInRepositoryFolder(path);
}

function shownBy(kind: FileKind, { line }: OutlineKey, how: string): Classification {
  return { kind, reason: `line ${line + 1} ${how}`, line };
}

function topFile({ keys }: Outline, name: string): Classification | undefined {
  const target = keys.find(({ depth, inList, name: key }) => depth === 1 && !inList && /[*@]/.test(key));
  if (!target || keys.some(isVersionKey)) return undefined;
  if (name !== "top.sls" && !keys.some(({ depth, name: key }) => depth === 0 && key === "base")) return undefined;
  return shownBy("top", target, `names the minions '${target.name}', as top files do`);
}

function configuration({ keys }: Outline, name: string, path: string): Classification | undefined {
  const option = keys.find(({ depth, name: key }) => depth === 0 && saltOptions.has(key));
  if (option) return shownBy("configuration", option, `sets Salt's option ${option.name}`);
  if (name.endsWith(".sls")) return undefined;
  const byPlace =
    /^(?:minion|master|proxy)$/.test(name) || /[\\/](?:minion|master|proxy)\.d[\\/][^\\/]*\.conf$/.test(path);
  return byPlace ? { kind: "configuration", reason: `Salt reads its own options from a file of this name` } : undefined;
}

/** A version's key may be a call of nothing: versions are above their keys, calls above lists. */
function stateCall({ keys, items }: Outline): Classification | undefined {
  const call = keys.find(
    ({ depth, inList, name, value }) =>
      depth === 1 && !inList && stateFunction.test(name) && !isMappingAbove(keys, name, value),
  );
  if (call) return shownBy("state", call, `calls ${call.name}, as states do`);
  const keyword = keys.find(
    ({ depth, name, line }) =>
      depth === 0 && /^(?:include|exclude)$/.test(name) && items.some((item) => item.line > line && item.depth === 1),
  );
  if (keyword) return shownBy("state", keyword, `has ${keyword.name}, as states do`);
  const extend = keys.find(({ depth, name }) => depth === 0 && name === "extend");
  return extend ? shownBy("state", extend, `extends another state`) : undefined;
}

/** Whether what lies below a key is a version's mapping after all. */
function isMappingAbove(keys: readonly OutlineKey[], name: string, value: string): boolean {
  if (value !== "" && !value.startsWith("{")) return false;
  const index = keys.findIndex((key) => key.name === name && key.depth === 1);
  const next = keys[index + 1];
  return next !== undefined && next.depth === 2 && versionKeys.has(next.name) && !next.inList;
}

function isVersionKey({ depth, inList, name }: OutlineKey): boolean {
  return depth >= 2 && !inList && versionKeys.has(name);
}

function definition({ keys }: Outline): Classification | undefined {
  const key = keys.find(isVersionKey);
  if (key) return shownBy("definition", key, `has ${key.name} below a version`);
  // Misspelt, or at the wrong indentation: what stands below something like a version tells.
  const version = keys.find(({ depth, inList, name }) => depth === 1 && !inList && versionLike.test(name));
  const meant = version && keys.find(({ inList, line, name }) => !inList && line >= version.line && isNearKey(name));
  return meant && shownBy("definition", version, `has what looks like a version, '${version.name}'`);
}

const versionLike = /^(?:v?\d[\w.+-]*|latest|Not Found)$/;

function isNearKey(name: string): boolean {
  return findKey(name) !== undefined || suggestKey(name) !== undefined;
}

/** `nginx: {pkg: [installed]}`: the function stands in a list below its module. */
function oldState({ keys, items }: Outline): Classification | undefined {
  const call = keys.find(({ depth, inList, line, name, value }) => {
    if (depth !== 1 || inList || !stateModules.has(name)) return false;
    if (/^\[\s*[a-z_]+\s*[,\]]/.test(value)) return true;
    return value === "" && items.some((item) => item.line > line && item.depth === 2 && /^[a-z_]+$/.test(item.text));
  });
  return call && shownBy("state", call, `calls a function of ${call.name}, as states do`);
}

function pillar({ keys }: Outline): Classification | undefined {
  const first = keys.find(({ depth }) => depth > 0);
  const shallowOnly = keys.every(({ depth, value }) => depth === 0 && value === "");
  // A key alone may become anything.
  if (shallowOnly || !keys[0]) return undefined;
  const shallow = keys.find(({ depth, name }) => depth < 2 && versionKeys.has(name));
  return shallow
    ? shownBy("pillar", shallow, `has ${shallow.name}, but not below a version`)
    : shownBy("pillar", first ?? keys[0], "begins a mapping that has nothing of a package's version");
}
