import type { SyntaxSettings } from "./settings.js";

/** The regular expressions that Jinja's lexer makes of an environment's settings. Each is used with its own `lastIndex`. */
export interface LexerRules {
  /** The next tag: named groups for its kind, and for the white space sign behind its opening. */
  readonly root: RegExp;
  readonly rawEnd: RegExp;
  readonly commentEnd: RegExp;
  /** Sticky: the end of a tag. */
  readonly tagEnd: { readonly block: RegExp; readonly variable: RegExp; readonly line: RegExp };
  /** Sticky: one token inside of a tag; groups for float, integer, name, string and operator, none for white space. */
  readonly tagToken: RegExp;
  readonly identifier: RegExp;
  /** One white space character. */
  readonly space: RegExp;
}

/** Python's `\s`; JavaScript's own also takes the byte order mark, and lacks four controls and NEL. */
const s = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const digits = "(?:\\d+_)*\\d+";
const float = `(?<!\\.)${digits}(?:(?:\\.${digits})?[eE][+-]?${digits}|\\.${digits})`;
const integer = "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\\da-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*";
const string = `'[^'\\\\]*(?:\\\\[^][^'\\\\]*)*'|"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*"`;
const operator = "//|\\*\\*|==|!=|>=|<=|[-+/*%~[\\](){}><=.:|,;]";

// Jinja takes word characters and those that an identifier may continue with, and checks the whole name afterwards.
const name = "[\\p{L}\\p{N}_\\p{ID_Continue}]+";

const tagToken = new RegExp(`${s}+|(${float})|(${integer})|(${name})|(${string})|(${operator})`, "uy");
const identifier = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;
const space = new RegExp(s);

const made = new WeakMap<SyntaxSettings, LexerRules>();

export function lexerRules(settings: SyntaxSettings): LexerRules {
  let rules = made.get(settings);
  if (!rules) {
    rules = makeRules(settings);
    made.set(settings, rules);
  }
  return rules;
}

function makeRules(settings: SyntaxSettings): LexerRules {
  const blockStart = literally(settings.blockStart);
  const blockEnd = literally(settings.blockEnd);
  const variableEnd = literally(settings.variableEnd);
  const commentEnd = literally(settings.commentEnd);
  const suffix = settings.trimBlocks ? "\\n?" : "";
  const anyBlockEnd = `(?:\\+${blockEnd}|-${blockEnd}${s}*|${blockEnd}${suffix})`;
  const raw = `(?<raw>${blockStart}(?<rawSign>[-+]?)${s}*raw${s}*(?:-${blockEnd}${s}*|${blockEnd}))`;
  return {
    root: new RegExp([raw, ...openings(settings)].join("|"), "gm"),
    rawEnd: new RegExp(`${blockStart}(?<sign>[-+]?)${s}*endraw${s}*${anyBlockEnd}`, "g"),
    commentEnd: new RegExp(`\\+${commentEnd}|-${commentEnd}${s}*|${commentEnd}${suffix}`, "g"),
    tagEnd: {
      block: new RegExp(anyBlockEnd, "y"),
      variable: new RegExp(`-${variableEnd}${s}*|${variableEnd}`, "y"),
      line: new RegExp(`${s}*(?:\\n|$)`, "my"),
    },
    tagToken,
    identifier,
    space,
  };
}

/** The ways a tag may open; where several fit at one place the longest wins, as in Jinja. */
function openings(settings: SyntaxSettings): string[] {
  const kinds: { length: number; name: string; rule: string }[] = [
    { length: settings.commentStart.length, name: "comment", rule: literally(settings.commentStart) },
    { length: settings.blockStart.length, name: "block", rule: literally(settings.blockStart) },
    { length: settings.variableStart.length, name: "variable", rule: literally(settings.variableStart) },
  ];
  const { lineStatementPrefix: statement, lineCommentPrefix: comment } = settings;
  if (statement !== undefined) {
    kinds.push({ length: statement.length, name: "linestatement", rule: `^[ \\t\\v]*${literally(statement)}` });
  }
  if (comment !== undefined) {
    const rule = `(?:^|(?<=\\S))[^\\S\\r\\n]*${literally(comment)}`;
    kinds.push({ length: comment.length, name: "linecomment", rule });
  }
  kinds.sort((a, b) => b.length - a.length || (a.name < b.name ? 1 : -1));
  return kinds.map(({ name, rule }) => `(?<${name}>${rule}(?<${name}Sign>[-+]?))`);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
