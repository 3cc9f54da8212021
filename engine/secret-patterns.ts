/**
 * How secrets are written in texts: addresses, flags of installers, headers, assignments. Each pattern begins at a character
 * or at the start of a word and looks no further than a fixed number of characters for its name, so that a text of any
 * kind is searched in one pass over it.
 */

/**
 * Names of settings, pillar keys, environment variables and members that hold a secret: the last word says so
 * (`db_password`, `githubToken`, `API_KEY`). A package `1password` or `keepass` is none.
 */
const secretName = new RegExp(
  "(?:^|[_.\\s-])(?:passw(?:or)?d|passwort|passphrase|passcode|pwd|secret|token|credential|(?:api|access|auth|private|secret|account)[_-]?key)s?\\d*$" +
    "|^[a-z]{0,24}(?:passw(?:or)?d|passphrase)s?\\d*$",
  "i",
);
const secretCamelName =
  /[a-z0-9](?:Passw(?:or)?d|Passphrase|Secret|Token|Credential|(?:Api|Access|Auth|Private)Key)s?\d*$/;

/** Whether what stands under this name is a secret. */
export function isSecretName(name: string): boolean {
  return name.length <= 200 && (secretName.test(name) || secretCamelName.test(name)) && !/^(?:old)?pwd$/i.test(name);
}

/** Flags that speak *about* a secret: where it lies, how long it holds. */
const aboutSecrets =
  /(?:file|path|dir|folder|url|uri|policy|length|expires?|expiry|age|type|kind|required|prompt|provider|mode|name|timeout|less|options?|izer)$/i;

/** In a command line more is a secret than in settings: `/SAPWD=`, `PIDKEY=`, `SERIALNUMBER=`. */
export function isSecretFlag(name: string): boolean {
  return !aboutSecrets.test(name);
}

const keyOf =
  "(?:api|access|auth|account|private|secret|shared|encryption|licen[cs]e|product|pid|cd|activation|registration|enroll?ment|" +
  "subscription|deploy(?:ment)?|install(?:ation)?|agent|organi[sz]ation|tenant|customer|site)[_-]?key";
const word = `(?:passw(?:or)?d|passwort|passphrase|passcode|pwd|secret|token|credential|serial[_-]?(?:no|number|key)?|activation[_-]?code|authorization|${keyOf})`;

/** In quotes, doubled or escaped ones included, or up to the next blank; an unquoted value may have a quoted part. */
const value = [
  String.raw`(?:\\"[^\n"]*(?:\\"|")?`,
  String.raw`"(?:""|\\[^\n]|[^"\\\n])*"?`,
  String.raw`'(?:''|[^'\n])*'?`,
  String.raw`(?!\{[{%])[^\s"'](?:[^\s"']|"(?=\w)[^"\n]*"?|'(?=\w)[^\s']*'?)*)`,
].join("|");

/** Not in the middle of a word, and no parameter of an address. */
const start = "(?<![\\w%.?&#-])";
/** A flag begins a word of the command line, or a text in quotes. */
const flagStart = "(?<![^\\s\"'`(\\[{,|=])";

interface Pattern {
  readonly find: RegExp;
  /** Whether a secret stands under the name that group 2 found. */
  readonly isSecret?: (name: string) => boolean;
}

/** In each, group 1 is what stays; all behind it is the secret. */
export const secretPatterns: readonly Pattern[] = [
  // The user part of an address, and of one without a scheme: `proxy: user:password@host:3128`.
  { find: /(:\/\/)[^/?#\s"<>]*(?=@)/g },
  { find: /(?<![\w.+-])((?!mailto:))[\w.+-]{1,64}:[^\s/\\@"'<>:]{1,256}(?=@[\w[])/g },
  // Parameters of an address, also behind `#`.
  {
    find: /([?&;#](?:[^=&;#?\s"'<>]{0,64}?(?:token|secret|passw(?:or)?d|pwd|signature|credential|api-?_?key|access-?_?key)[^=&;#?\s"'<>]{0,64}|sig|key|auth|pass|pw|code)=)[^&#\s"'<>]+/gi,
  },
  // `NAME=value` of Windows Installer, `/NAME:value`, `--name=value`, `$env:NAME = "value"`.
  {
    find: new RegExp(`(${start}[-/$]{0,2}(?:env:)?([\\w.-]{0,48}?${word}[\\w.-]{0,16})=)${value}`, "gi"),
    isSecret: isSecretFlag,
  },
  {
    find: new RegExp(`(${start}([\\w.-]{0,48}?${word}[\\w.-]{0,16})[ \\t]{0,8}=[ \\t]{1,8}(?=["']))${value}`, "gi"),
    isSecret: isSecretFlag,
  },
  {
    find: new RegExp(`(${flagStart}[-/]{1,2}([\\w.-]{0,48}?${word}[\\w.-]{0,16}):)${value}`, "gi"),
    isSecret: isSecretFlag,
  },
  // `--token value`, `/password value`.
  {
    find: new RegExp(`(${flagStart}(?:--?|/)([\\w-]{0,48}?${word}\\d?)[ \\t]{1,4}(?![-/]))${value}`, "gi"),
    isSecret: isSecretFlag,
  },
  // The short ones: `-p:value`, `-pw value` of PuTTY, `/pass value`.
  { find: new RegExp(`(${flagStart}[-/](?:p|pw|pass)[:=])${value}`, "gi") },
  { find: new RegExp(`(${flagStart}[-/](?:pw|pass)[ \\t]{1,4}(?![-/]))${value}`, "gi") },
  // A key of YAML, JSON or a Python dictionary, at the start of a line (also of an excerpt) or behind a bracket or comma.
  {
    find: new RegExp(
      `((?<![^\\n])[ \\t]{0,200}(?:\\d{1,7} \\| {0,200})?(?:- )?["']?([\\w.-]{0,48}?${word}[\\w.-]{0,16})["']?:[ \\t]{1,200}(?!["'|>{\\[&*!]))[^\\n]+`,
      "gi",
    ),
    isSecret: isSecretName,
  },
  {
    find: new RegExp(
      `((?<![^\\n])[ \\t]{0,200}(?:\\d{1,7} \\| {0,200})?(?:- )?["']?([\\w.-]{0,48}?${word}[\\w.-]{0,16})["']?:[ \\t]{1,200}(?=["']))${value}`,
      "gi",
    ),
    isSecret: isSecretName,
  },
  {
    find: new RegExp(
      `((?<=[{,(][ \\t]{0,8})\\\\?["']?([\\w.-]{0,48}?${word}[\\w.-]{0,16})\\\\?["']?:[ \\t]{0,8}(?=\\\\?["']))${value}`,
      "gi",
    ),
    isSecret: isSecretName,
  },
  {
    find: new RegExp(
      `((?<=[{,][ \\t]{0,8})["']?([\\w.-]{0,48}?${word}[\\w.-]{0,16})["']?:[ \\t]{1,8}(?!["'{\\[|>&*!]))[^,}\\]\\n]+`,
      "gi",
    ),
    isSecret: isSecretName,
  },
  // Headers.
  {
    find: /(?<![\w-])((?:(?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,32}?(?:token|key|secret|auth|password)[\w-]{0,16}|(?:private|job|deploy)-token|api-key):[ \t]{0,8})[^\s"'][^\r\n"']*/gi,
  },
  { find: /(?<![\w-])(bearer[ \t]{1,4})[\w.~+/=-]{16,}/gi },
];

/** Secrets that show themselves: tokens of GitHub, GitLab, Slack, AWS, signed JSON tokens, keys in PEM. */
export const secretShapes =
  /(?<![\w-])(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)|(?<=-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----)[^-]+/g;

/** What is no secret, whatever the name in front of it. */
export const plainValue = /^["']?(?:[01]|true|false|yes|no|on|off|none|null|\*+|)["']?$/i;
