/** Jinja's names of its tokens, so that its messages can be made from them. */
export type TokenType =
  | "data"
  | "block_begin"
  | "block_end"
  | "variable_begin"
  | "variable_end"
  | "name"
  | "string"
  | "integer"
  | "float"
  | "eof"
  | "error"
  | OperatorType;

export type OperatorType = (typeof operatorTypes)[keyof typeof operatorTypes];

export interface Token {
  readonly type: TokenType;
  /** Data and string: the text; name, integer, float, operator: as written; error: Jinja's message. */
  readonly value: string;
  /** Offsets in the source as handed in. */
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  /** Data that came out of a raw block. */
  readonly raw?: boolean;
}

/** A comment of the template, with its delimiters. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

export const operatorTypes = {
  "+": "add",
  "-": "sub",
  "/": "div",
  "//": "floordiv",
  "*": "mul",
  "%": "mod",
  "**": "pow",
  "~": "tilde",
  "[": "lbracket",
  "]": "rbracket",
  "(": "lparen",
  ")": "rparen",
  "{": "lbrace",
  "}": "rbrace",
  "==": "eq",
  "!=": "ne",
  ">": "gt",
  ">=": "gteq",
  "<": "lt",
  "<=": "lteq",
  "=": "assign",
  ".": "dot",
  ":": "colon",
  "|": "pipe",
  ",": "comma",
  ";": "semicolon",
} as const;

const operatorTexts = new Map<string, string>(Object.entries(operatorTypes).map(([text, type]) => [type, text]));

const descriptions = new Map<string, string>([
  ["block_begin", "begin of statement block"],
  ["block_end", "end of statement block"],
  ["variable_begin", "begin of print statement"],
  ["variable_end", "end of print statement"],
  ["data", "template data / text"],
  ["eof", "end of template"],
]);

function describeType(type: string): string {
  return operatorTexts.get(type) ?? descriptions.get(type) ?? type;
}

/** Jinja's words for a token. */
export function describeToken(token: Token): string {
  return token.type === "name" ? token.value : describeType(token.type);
}

/** What a parser waits for: a token type, or `name:word`. */
export type TokenRule = TokenType | `name:${string}`;

/** Jinja's words for a rule. */
export function describeRule(rule: TokenRule): string {
  return rule.startsWith("name:") ? rule.slice(5) : describeType(rule);
}

export function matches(token: Token, rule: TokenRule): boolean {
  if (token.type !== "name") return token.type === rule;
  return (
    rule === "name" ||
    (rule.length === 5 + token.value.length && rule.endsWith(token.value) && rule.startsWith("name:"))
  );
}
