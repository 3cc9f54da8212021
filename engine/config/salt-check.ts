import type { Problem, Severity, Span } from "../problem.js";
import { firstReleases, hasFeature } from "../salt-version/features.js";
import { defaultSaltVersion, formatSaltVersion, type SaltVersion } from "../salt-version/salt-version.js";
import { rememberSecretsIn } from "../secrets.js";
import { suggest } from "../suggest.js";
import { toJson } from "../value/convert.js";
import type { Json } from "../value/types.js";
import { loadYaml } from "../yaml/index.js";
import type { YamlMapping, YamlNode } from "../yaml/node.js";
import { renamedOptions, type SaltOption, type SaltRole, saltOption, saltOptions } from "./salt-options.js";
import { placeProblems } from "./salt-places.js";
import { isTextList, parseRemotes, type RemoteDefaults } from "./salt-remotes.js";

/** One option as it stands in a file. */
export interface WrittenOption {
  readonly name: string;
  readonly value: Json;
  readonly key: Span;
  readonly node: YamlNode;
}

export interface ReadSaltFile {
  /** Every top-level option, Salt's other ones too. A value of the wrong type is left out, as a problem says. */
  readonly options: readonly WrittenOption[];
  readonly problems: readonly Problem[];
}

/** The winrepo options that have a value of their own before a file's are looked at. */
const remoteDefaults: RemoteDefaults = {
  branch: "master",
  fallback: "",
  sslVerify: true,
  refspecs: [],
  user: "",
  password: "",
  insecureAuth: false,
  pubkey: "",
  privkey: "",
  passphrase: "",
};

/**
 * Reads the text of a master's or minion's configuration as far as winrepo is concerned, and says what is wrong with it:
 * misspelt, renamed and mistyped options, those that this release of Salt does not know, remotes that Salt drops or fails
 * on. Never throws.
 */
export function readSaltFile(text: string, role: SaltRole, salt: SaltVersion = defaultSaltVersion): ReadSaltFile {
  const loaded = loadYaml(text);
  if (loaded.problems.length > 0) return { options: [], problems: loaded.problems };
  const { root } = loaded;
  if (!root || root.value === null) return { options: [], problems: [] };
  if (root.kind !== "mapping") {
    const message = "Salt's configuration must be a mapping of options; Salt ignores this file.";
    return { options: [], problems: [problemAt(text, root.span, "salt-config", "error", message)] };
  }
  const { options, problems } = readOptions(text, root, role, [], salt);
  const all = [...problems];
  const byName = new Map(options.map((option) => [option.name, option]));
  // What stands in this file alone: what it is with others, is known where all are read.
  for (const { option, message } of placeProblems((name) => byName.get(name)?.value, role)) {
    const { node } = byName.get(option) as WrittenOption;
    all.push(problemAt(text, node.span, "salt-option-place", "error", message));
  }
  return { options, problems: all };
}

/**
 * Reads Salt's options where a project file sets them, whoever's they are.
 * @param own names in the same section that are no options of Salt's
 */
export function readSaltOptions(text: string, section: YamlMapping, own: readonly string[]): ReadSaltFile {
  return readOptions(text, section, undefined, own, defaultSaltVersion);
}

function readOptions(
  text: string,
  root: YamlMapping,
  role: SaltRole | undefined,
  own: readonly string[],
  salt: SaltVersion,
): ReadSaltFile {
  const problems: Problem[] = [];
  const options: WrittenOption[] = [];
  for (const { key, value: node } of root.pairs) {
    if (typeof key.value !== "string" || own.includes(key.value)) continue;
    const report = (code: string, severity: Severity, message: string, span: Span = key.span) =>
      problems.push(problemAt(text, span, code, severity, message));
    const name = currentName(key.value, root, report);
    const written: WrittenOption = { name, value: toJson(node.value), key: key.span, node };
    rememberSecretsIn({ [name]: written.value });
    const option = saltOption(name);
    if (!option) checkUnknown(name, report, role === undefined);
    else if (role !== undefined && !option.roles.includes(role)) {
      report(
        "salt-option-role",
        "information",
        `'${name}' is read by a minion only; in a master's file it does nothing.`,
      );
    }
    if (option?.since && !hasFeature(salt, option.since)) {
      const [release, since] = [formatSaltVersion(salt), firstReleases(option.since)];
      report("salt-option-newer", "information", `Salt ${release} ignores '${name}'; it came with Salt ${since}.`);
    }
    const mistake = option && typeMistake(option, written.value, salt);
    if (mistake) report("salt-option-type", "error", `'${name}' ${mistake}.`, node.span);
    else options.push(written);
    if (option?.type === "remotes" && !mistake) checkRemotes(written, root, report, salt);
  }
  return { options, problems };
}

type Report = (code: string, severity: Severity, message: string, span?: Span) => void;

function currentName(written: string, root: YamlMapping, report: Report): string {
  const name = renamedOptions.get(written);
  if (!name) return written;
  const isThere = root.pairs.some(({ key }) => key.value === name);
  report(
    "salt-option-renamed",
    "warning",
    `'${written}' is called '${name}' since Salt 2015.8, and Salt no longer reads the old name.` +
      (isThere ? ` '${name}' stands here too and wins.` : " Rename it; here it still counts."),
  );
  return isThere ? written : name;
}

/** @param here whether no other option of Salt's has an effect here */
function checkUnknown(name: string, report: Report, here: boolean): void {
  if ((!here && !/^win_?repo/.test(name)) || renamedOptions.has(name)) return;
  const nearest = nearestOption(name);
  const advice = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  const what = here ? `There is no option '${name}' that counts here.` : `Salt has no option '${name}' and ignores it.`;
  report("salt-option-unknown", here ? "error" : "warning", `${what}${advice}`);
}

/** The option that a misspelt name most likely means. */
export function nearestOption(name: string): string | undefined {
  const names = saltOptions.map((option) => option.name);
  return suggest(name, names);
}

/** What is wrong with a value's type, as the end of a sentence. */
function typeMistake(option: SaltOption, value: Json, salt: SaltVersion): string | undefined {
  switch (option.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be True or False";
    case "seconds":
      return typeof value === "number" && value >= 0 ? undefined : "must be a number of seconds";
    case "count":
      return typeof value === "number" && value >= 0 ? undefined : "must be a whole number";
    case "remotes":
      return Array.isArray(value) ? undefined : "must be a list; write [] for none";
    case "refspecs":
      return isTextList(value) ? undefined : "must be a list of texts";
    case "mapping":
      return value !== null &&
        typeof value === "object" &&
        !Array.isArray(value) &&
        Object.values(value).every(isTextList)
        ? undefined
        : "must be a mapping of environments to lists of folders";
    case "provider":
      return providerMistake(value, salt);
    case "url":
      return typeof value === "string" && /^[a-z][a-z0-9+.-]*:\/\/./i.test(value)
        ? undefined
        : "must be a URL such as salt://win/repo-ng/";
    case "file-name":
      if (typeof value !== "string" || value === "") return "must be the name of a file";
      return /[\\/:*?"<>|]/.test(value)
        ? "must be the name of a file, without a folder; Salt uses winrepo.p instead"
        : undefined;
    case "path":
      return value === null || typeof value === "string" ? undefined : "must be a text: the path of a folder or file";
    case "text":
      return value === null || typeof value !== "object" ? undefined : "must be a text";
  }
}

function providerMistake(value: Json, salt: SaltVersion): string | undefined {
  const hasProgram = hasFeature(salt, "git-program");
  if (value === null || value === "pygit2" || value === "gitpython" || (value === "gitcli" && hasProgram))
    return undefined;
  const since = value === "gitcli" ? ` (gitcli came with Salt ${firstReleases("git-program")})` : "";
  return `must be ${hasProgram ? "pygit2, gitpython or gitcli" : "pygit2 or gitpython"}${since}; Salt fails to load winrepo`;
}

function checkRemotes(written: WrittenOption, root: YamlMapping, report: Report, salt: SaltVersion): void {
  const sibling = (name: string) => root.pairs.find(({ key }) => key.value === name)?.value.value;
  const defaults: RemoteDefaults = {
    ...remoteDefaults,
    user: String(sibling("winrepo_user") ?? ""),
    password: String(sibling("winrepo_password") ?? ""),
    insecureAuth: sibling("winrepo_insecure_auth") === true,
    pubkey: String(sibling("winrepo_pubkey") ?? ""),
    privkey: String(sibling("winrepo_privkey") ?? ""),
  };
  const { remotes, problems } = parseRemotes(written.value as Json[], defaults, salt);
  const items = written.node.kind === "sequence" ? written.node.items : [];
  for (const problem of problems) {
    const item = items[problem.index];
    const span = (problem.parameter && item && parameterSpan(item, problem.parameter)) || item?.span;
    report(problem.code, problem.severity, problem.message, span ?? written.key);
  }
  const names = new Map<string, string>();
  for (const { name, id } of remotes) {
    const other = names.get(name.toLowerCase());
    if (other !== undefined) {
      const message = `Two remotes would be checked out to '${name}'. Salt fails to load winrepo; give one of them a 'name' of its own.`;
      const index = (written.value as Json[]).findLastIndex((entry) => idOf(entry) === id);
      report("remote-collision", "error", message, items[index]?.span ?? written.key);
    }
    names.set(name.toLowerCase(), id);
  }
}

function idOf(entry: Json): string | undefined {
  if (typeof entry === "string") return entry;
  return entry && typeof entry === "object" && !Array.isArray(entry) ? Object.keys(entry)[0] : undefined;
}

function parameterSpan(item: YamlNode, parameter: string): Span | undefined {
  if (item.kind === "scalar") return undefined;
  const children = item.kind === "sequence" ? item.items : item.pairs.map(({ value }) => value);
  if (item.kind === "mapping") {
    const pair = item.pairs.find(({ key }) => key.value === parameter);
    if (pair) return { start: pair.key.span.start, end: pair.value.span.end };
  }
  for (const child of children) {
    const span = parameterSpan(child, parameter);
    if (span) return span;
  }
  return undefined;
}

function problemAt(text: string, range: Span, code: string, severity: Severity, message: string): Problem {
  return { code, severity, message, range, line: text.slice(0, range.start).split("\n").length };
}
