import { formatSaltVersion, type SaltLine, type SaltVersion, saltLines } from "./salt-version.js";

/** Something that Salt does since one release of a line and did not do before. */
export interface SaltFeature {
  /** What a table of differences calls it. */
  readonly title: string;
  /** What releases without it do. */
  readonly before: string;
  /** What releases with it do. */
  readonly after: string;
  /** The first patch release with it, by line; a line that is not named never has it. */
  readonly since: Readonly<Partial<Record<SaltLine, number>>>;
  /** A text in a file of Salt's source that is there in exactly the releases with the feature; with `gone`, in exactly those without. */
  readonly evidence: { readonly file: string; readonly text: string; readonly gone?: true };
}

/**
 * The differences between releases of Salt that change what a definition or a call gives. Dated by the sources of all
 * releases from 3006.0 to 3006.30, 3007.17 and 3008.5; `npm run salt:dates` does it again.
 */
const table = {
  "whole-match": {
    title: "`regex_search` and `regex_match` with a pattern without groups",
    before: "`()`, which is false",
    after: "the whole match as a tuple of one",
    since: { 3007: 15, 3008: 0 },
    evidence: { file: "salt/utils/jinja.py", text: "if obj and not obj.groups():" },
  },
  "entries-filters": {
    title: "the filters `to_entries` and `from_entries`",
    before: "`No filter named …`",
    after: "there",
    since: { 3007: 0, 3008: 0 },
    evidence: { file: "salt/utils/data.py", text: '@jinja_filter("to_entries")' },
  },
  "quoted-line-breaks": {
    title: "printing a mapping with a text that has a line break or a tab",
    before: "`'x\\ny'`: YAML reads a backslash and an n",
    after: '`"x\\ny"`: YAML reads the line break',
    since: { 3006: 26, 3007: 15, 3008: 2 },
    evidence: { file: "salt/utils/jinja.py", text: "_yaml_safe_repr" },
  },
  "unfolded-line-breaks": {
    title: "printing a mapping with such a text of more than 80 columns",
    before: "folded, where texts with line breaks are quoted at all",
    after: "one line",
    since: { 3006: 28, 3007: 15, 3008: 3 },
    evidence: { file: "salt/utils/jinja.py", text: "width=2**31 - 1" },
  },
  "jinja-line": {
    title: "a first line `#jinja2: {…}` (the second behind `#!`)",
    before: "a comment",
    after: "sets Jinja's options for this file",
    since: { 3006: 28, 3007: 15, 3008: 3 },
    evidence: { file: "salt/utils/templates.py", text: "#jinja2:" },
  },
  "unpadded-binary": {
    title: "`!!binary` without padding",
    before: "an error",
    after: "accepted",
    since: { 3008: 0 },
    evidence: { file: "salt/utils/yamlloader.py", text: "def construct_yaml_binary" },
  },
  "options-proxy": {
    title: "printing a list of Salt's default options (`{{ opts.winrepo_remotes_ng }}`)",
    before: "the list",
    after: "`ListProxy.__init__() missing 2 required positional arguments`; loops, `join` and `tojson` work",
    since: { 3008: 0 },
    evidence: { file: "salt/utils/optsdict.py", text: "class ListProxy(list)" },
  },
  "fewer-renderers": {
    title: "the renderers aws_kms, cheetah, dson, genshi, hjson, json5, pass, pydsl and wempy",
    before: "shipped",
    after: "gone: a file that names one has no packages, and no error",
    since: { 3008: 0 },
    evidence: { file: "salt/renderers/hjson.py", text: "def render", gone: true },
  },
  "number-versions": {
    title: "`pkg.install` with a number as version (3007.10 is the number 3007.1)",
    before: "looks for `3007.1`",
    after: "takes the one version of that number; of several none (`ambiguous version`)",
    since: { 3006: 26, 3007: 15, 3008: 2 },
    evidence: { file: "salt/modules/win_pkg.py", text: '"ambiguous version"' },
  },
  "saltenv-option": {
    title: "the saltenv of the pkg functions where none is given",
    before: "`base`",
    after: "the option `saltenv`, else `base`",
    since: { 3006: 26, 3007: 15, 3008: 1 },
    evidence: { file: "salt/modules/win_pkg.py", text: '__opts__.get("saltenv") or "base"' },
  },
  "installer-cache-expiry": {
    title: "the option `winrepo_installer_cache_expire`",
    before: "not known",
    after: "refresh_db removes older installers from the cache",
    since: { 3006: 28, 3007: 15, 3008: 3 },
    evidence: { file: "salt/modules/win_pkg.py", text: '__opts__.get("winrepo_installer_cache_expire")' },
  },
  "repository-listing": {
    title: "`pkg.list_repo_pkgs`, and `reverse_sort` of `pkg.list_available`",
    before: "absent; ignored",
    after: "there",
    since: { 3007: 2, 3008: 0 },
    evidence: { file: "salt/modules/win_pkg.py", text: "def list_repo_pkgs(" },
  },
  "no-comspec": {
    title: 'a command line is put behind `"%ComSpec%" /c`',
    before: "always",
    after: "only for cmd's own commands, unknown programs, `&&` and `||`; quotes can change",
    since: { 3006: 13, 3007: 5, 3008: 0 },
    evidence: { file: "salt/modules/win_pkg.py", text: "cmd_shell = os.getenv(", gone: true },
  },
  "no-shell": {
    title: "a command line reaches Windows through a shell",
    before: "always, or where Salt thinks that it needs one",
    after: "never: `%VAR%`, pipes and redirections in flags stay as they are, and an `.msi` needs msiexec",
    since: { 3006: 15, 3007: 7, 3008: 0 },
    evidence: { file: "salt/modules/cmdmod.py", text: "unsupported shell type" },
  },
  "truncated-downloads": {
    title: "an HTTP download that ends early",
    before: "not noticed",
    after: "`Failed to download … (truncated download)`",
    since: { 3006: 28, 3007: 15 },
    evidence: { file: "salt/fileclient.py", text: "truncated download" },
  },
  "force-installation": {
    title: "`pkg.install` with `force`",
    before: "ignored",
    after: "installs although the version is there",
    since: { 3006: 15, 3007: 7, 3008: 0 },
    evidence: { file: "salt/modules/win_pkg.py", text: 'kwargs.get("force"' },
  },
  "scheduled-tasks": {
    title: "a state whose package has use_scheduler (`task started`)",
    before: "fails",
    after: "succeeds",
    since: { 3007: 0, 3008: 0 },
    evidence: { file: "salt/states/pkg.py", text: '== "task started"' },
  },
  "tested-versions": {
    title: "the states `pkg.installed` and `pkg.latest` with `test=True`",
    before: "`new: installed`",
    after: "the version that would be installed",
    since: { 3007: 0, 3008: 0 },
    evidence: { file: "salt/states/pkg.py", text: "def _get_installable_versions" },
  },
  "aggregated-versions": {
    title: "`state_aggregate` with `pkgs: [{name: version}]`",
    before: "works",
    after: "ValueError; a name of two letters `ab` becomes package a, version b",
    since: { 3008: 0 },
    evidence: { file: "salt/states/pkg.py", text: "for pkg, version in item:" },
  },
  "masked-pillar": {
    title: "`pillar.get`, `pillar.item` and `pillar.items` from outside of templates",
    before: "values",
    after: "`**********`; values with `unmask=True`. `pillar.raw` gives values everywhere",
    since: { 3008: 0 },
    evidence: { file: "salt/modules/pillar.py", text: "unmask" },
  },
  "git-program": {
    title: "the git provider `gitcli`",
    before: "refused",
    after: "allowed",
    since: { 3008: 0 },
    evidence: { file: "salt/utils/gitfs.py", text: "gitcli" },
  },
  "git-proxy": {
    title: "the options `winrepo_proxy` and `winrepo_depth`, and `proxy` of a remote",
    before: "not known; the remote is refused",
    after: "used",
    since: { 3008: 0 },
    evidence: { file: "salt/config/__init__.py", text: '"winrepo_proxy"' },
  },
  "checkout-folder": {
    title: "the checkout of a winrepo remote",
    before: "`<base>/<name>`",
    after: "`<base>/<name>/_`: `salt:` paths into it changed",
    since: { 3006: 3, 3007: 0, 3008: 0 },
    evidence: { file: "salt/utils/gitfs.py", text: 'self._cache_basename = "_"' },
  },
  "checked-remotes": {
    title: "the URL of a git remote",
    before: "anything",
    after: "http, https, ssh, ftp, sftp, file, or `user@host:path`",
    since: { 3006: 13, 3007: 5, 3008: 0 },
    evidence: { file: "salt/utils/gitfs.py", text: "def remote_to_url" },
  },
  "template-saltenv": {
    title: "`saltenv` in a definition's template, and the file server's list in refresh_db",
    before: "`base`; an old list",
    after: "the saltenv of the call; forgotten first",
    since: { 3006: 8, 3007: 1, 3008: 0 },
    evidence: { file: "salt/modules/win_pkg.py", text: 'successful_verbose, saltenv="base"' },
  },
} as const satisfies Record<string, SaltFeature>;

export type SaltFeatureName = keyof typeof table;

export const saltFeatures: Readonly<Record<SaltFeatureName, SaltFeature>> = table;

export function hasFeature({ line, patch }: SaltVersion, name: SaltFeatureName): boolean {
  const first = saltFeatures[name].since[line];
  return first !== undefined && patch >= first;
}

/** The first releases with a feature: `3006.15, 3007.7 and 3008.0`. */
export function firstReleases(name: SaltFeatureName): string {
  const { since } = saltFeatures[name];
  const releases = saltLines.flatMap((line) => {
    const patch = since[line];
    return patch === undefined ? [] : [formatSaltVersion({ line, patch })];
  });
  return releases.length < 2 ? releases.join("") : `${releases.slice(0, -1).join(", ")} and ${releases.at(-1)}`;
}
