export type ScalarStyle = "plain" | "single-quoted" | "double-quoted" | "literal" | "folded";

export type TokenKind =
  | "stream-end"
  | "version-directive"
  | "tag-directive"
  | "document-start"
  | "document-end"
  | "block-sequence-start"
  | "block-mapping-start"
  | "block-end"
  | "flow-sequence-start"
  | "flow-sequence-end"
  | "flow-mapping-start"
  | "flow-mapping-end"
  | "block-entry"
  | "flow-entry"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** The scalar's text, the name of an anchor or alias, a tag's handle, a directive's handle or version. */
  readonly text: string;
  /** A tag's suffix, a directive's prefix. */
  readonly suffix: string;
  readonly style: ScalarStyle;
}

export function token(
  kind: TokenKind,
  start: number,
  end: number,
  text = "",
  suffix = "",
  style: ScalarStyle = "plain",
): Token {
  return { kind, start, end, text, suffix, style };
}

export function isDirective(token: Token): boolean {
  return token.kind === "version-directive" || token.kind === "tag-directive";
}

export function endsDocument(token: Token): boolean {
  return token.kind === "document-start" || token.kind === "document-end" || token.kind === "stream-end";
}
