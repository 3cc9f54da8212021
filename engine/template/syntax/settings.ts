import { Dict, type Value } from "../../value/types.js";

/** The options of a Jinja environment that change how a template reads. Salt takes them from the minion's `jinja_env`. */
export interface SyntaxSettings {
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
  readonly lineStatementPrefix: string | undefined;
  readonly lineCommentPrefix: string | undefined;
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly newlineSequence: string;
  readonly keepTrailingNewline: boolean;
}

export const defaultSettings: SyntaxSettings = {
  blockStart: "{%",
  blockEnd: "%}",
  variableStart: "{{",
  variableEnd: "}}",
  commentStart: "{#",
  commentEnd: "#}",
  lineStatementPrefix: undefined,
  lineCommentPrefix: undefined,
  trimBlocks: false,
  lstripBlocks: false,
  newlineSequence: "\n",
  keepTrailingNewline: false,
};

const texts = {
  block_start_string: "blockStart",
  block_end_string: "blockEnd",
  variable_start_string: "variableStart",
  variable_end_string: "variableEnd",
  comment_start_string: "commentStart",
  comment_end_string: "commentEnd",
  line_statement_prefix: "lineStatementPrefix",
  line_comment_prefix: "lineCommentPrefix",
  newline_sequence: "newlineSequence",
} as const;

const flags = {
  trim_blocks: "trimBlocks",
  lstrip_blocks: "lstripBlocks",
  keep_trailing_newline: "keepTrailingNewline",
} as const;

/**
 * The settings that minion options ask for (salt-reference §3.1): `jinja_env`, and the deprecated `jinja_trim_blocks`
 * and `jinja_lstrip_blocks`. Unknown or ill-typed options are ignored, as Salt does.
 */
export function settingsFromOptions(opts: Value | undefined): SyntaxSettings {
  if (!(opts instanceof Dict)) return defaultSettings;
  const environment = opts.get("jinja_env");
  const trim = opts.get("jinja_trim_blocks") === true;
  const lstrip = opts.get("jinja_lstrip_blocks") === true;
  if (!(environment instanceof Dict) && !trim && !lstrip) return defaultSettings;
  const settings: { -readonly [K in keyof SyntaxSettings]: SyntaxSettings[K] } = { ...defaultSettings };
  if (trim) settings.trimBlocks = true;
  if (lstrip) settings.lstripBlocks = true;
  return environment instanceof Dict ? withOptions(settings, environment) : settings;
}

/** The settings with Jinja's options of a mapping in their place. */
export function withOptions(settings: SyntaxSettings, options: Dict): SyntaxSettings {
  const changed: { -readonly [K in keyof SyntaxSettings]: SyntaxSettings[K] } = { ...settings };
  for (const [key, value] of options) {
    const name = typeof key === "string" ? key.toLowerCase() : "";
    if (Object.hasOwn(texts, name) && typeof value === "string" && value !== "") {
      changed[texts[name as keyof typeof texts]] = value;
    }
    if (Object.hasOwn(flags, name) && typeof value === "boolean") changed[flags[name as keyof typeof flags]] = value;
  }
  return changed;
}
