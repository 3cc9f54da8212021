import { Char, type Cursor, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord } from "./cursor.js";
import { type Token, token } from "./token.js";

export function scanAnchor(cursor: Cursor): Token {
  const start = cursor.pos;
  const kind = cursor.code === Char.Ampersand ? "anchor" : "alias";
  cursor.pos++;
  const name = readWord(cursor);
  if (name === "" || !endsAnchor(cursor.code)) {
    const context = kind === "anchor" ? "while scanning an anchor" : "while scanning an alias";
    cursor.fail("did not find expected alphabetic or numeric character", context, start);
  }
  return token(kind, start, cursor.pos, name);
}

function endsAnchor(code: number): boolean {
  return (
    isBlankOrEnd(code) ||
    code === Char.Question ||
    code === Char.Colon ||
    code === Char.Comma ||
    code === Char.CloseBracket ||
    code === Char.CloseBrace ||
    code === Char.Percent ||
    code === Char.At ||
    code === Char.Backtick
  );
}

function readWord(cursor: Cursor): string {
  const start = cursor.pos;
  while (isWord(cursor.code)) cursor.pos++;
  return cursor.slice(start, cursor.pos);
}

/** Reads `%YAML 1.1` or `%TAG !x! prefix` with its line break. */
export function scanDirective(cursor: Cursor): Token {
  const context = "while scanning a directive";
  const start = cursor.pos;
  cursor.pos++;
  const name = readWord(cursor);
  if (name === "") cursor.fail("could not find expected directive name", context, start);
  if (!isBlankOrEnd(cursor.code)) cursor.fail("found unexpected non-alphabetical character", context, start);
  if (name !== "YAML" && name !== "TAG") cursor.fail("found unknown directive name", context, start);
  const directive = name === "YAML" ? scanVersion(cursor, start) : scanTagDirective(cursor, start);
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.code)) cursor.fail("did not find expected comment or line break", context, start);
  if (cursor.code !== Char.Nul) cursor.skipBreak();
  return directive;
}

function scanVersion(cursor: Cursor, start: number): Token {
  cursor.skipBlanks();
  const major = readVersionNumber(cursor, start);
  if (cursor.code !== Char.Dot) {
    cursor.fail("did not find expected digit or '.' character", "while scanning a %YAML directive", start);
  }
  cursor.pos++;
  const minor = readVersionNumber(cursor, start);
  return token("version-directive", start, cursor.pos, `${major}.${minor}`);
}

function readVersionNumber(cursor: Cursor, start: number): number {
  const context = "while scanning a %YAML directive";
  const from = cursor.pos;
  while (isDigit(cursor.code)) {
    if (cursor.pos - from === 9) cursor.fail("found extremely long version number", context, start);
    cursor.pos++;
  }
  if (cursor.pos === from) cursor.fail("did not find expected version number", context, start);
  return Number(cursor.slice(from, cursor.pos));
}

function scanTagDirective(cursor: Cursor, start: number): Token {
  const context = "while scanning a %TAG directive";
  cursor.skipBlanks();
  const handle = readTagHandle(cursor, true, start);
  if (!isBlank(cursor.code)) cursor.fail("did not find expected whitespace", context, start);
  cursor.skipBlanks();
  const prefix = readTagUri(cursor, { verbatim: true, directive: true }, "", start);
  if (!isBlankOrEnd(cursor.code)) cursor.fail("did not find expected whitespace or line break", context, start);
  return token("tag-directive", start, cursor.pos, handle, prefix);
}

export function scanTag(cursor: Cursor, flow: boolean): Token {
  const context = "while scanning a tag";
  const start = cursor.pos;
  let handle = "";
  let suffix: string;
  if (cursor.at(cursor.pos + 1) === Char.Less) {
    cursor.pos += 2;
    suffix = readTagUri(cursor, { verbatim: true, directive: false }, "", start);
    if (cursor.code !== Char.Greater) cursor.fail("did not find the expected '>'", context, start);
    cursor.pos++;
  } else {
    handle = readTagHandle(cursor, false, start);
    if (handle.length > 1 && handle.endsWith("!")) {
      suffix = readTagUri(cursor, { verbatim: false, directive: false }, "", start);
    } else {
      // It was no handle: what follows its `!` begins the suffix. A lone `!` is a tag of its own.
      suffix = readTagUri(cursor, { verbatim: false, directive: false }, handle, start);
      handle = suffix === "" ? "" : "!";
      suffix ||= "!";
    }
  }
  if (!isBlankOrEnd(cursor.code) && !(flow && cursor.code === Char.Comma)) {
    cursor.fail("did not find expected whitespace or line break", context, start);
  }
  return token("tag", start, cursor.pos, handle, suffix);
}

function readTagHandle(cursor: Cursor, directive: boolean, start: number): string {
  const context = directive ? "while scanning a tag directive" : "while scanning a tag";
  if (cursor.code !== Char.Exclamation) cursor.fail("did not find expected '!'", context, start);
  const from = cursor.pos;
  cursor.pos++;
  readWord(cursor);
  if (cursor.code === Char.Exclamation) cursor.pos++;
  else if (directive && cursor.pos > from + 1) {
    cursor.fail("did not find expected '!'", "while parsing a tag directive", start);
  }
  return cursor.slice(from, cursor.pos);
}

interface UriRules {
  /** Between `<` and `>` and in directives `,`, `[` and `]` may stand, too. */
  readonly verbatim: boolean;
  readonly directive: boolean;
}

const uriPunctuation = new Set([..."-;/?:@&=+$.%!~*'()_"].map((character) => character.charCodeAt(0)));

/** @param head what was taken for a handle; its `!` is not part of the tag's text */
function readTagUri(cursor: Cursor, rules: UriRules, head: string, start: number): string {
  let uri = head.slice(1);
  let length = head.length;
  for (;;) {
    const code = cursor.code;
    if (code === Char.Percent) uri += readUriEscapes(cursor, rules.directive, start);
    else if (isUriCharacter(code, rules.verbatim)) {
      uri += String.fromCharCode(code);
      cursor.pos++;
    } else break;
    length++;
  }
  if (length === 0) cursor.fail("did not find expected tag URI", uriContext(rules.directive), start);
  // libyaml keeps tags as C strings.
  return uri.split("\0", 1)[0]!;
}

function isUriCharacter(code: number, verbatim: boolean): boolean {
  if (isWord(code) || uriPunctuation.has(code)) return true;
  return verbatim && (code === Char.Comma || code === Char.OpenBracket || code === Char.CloseBracket);
}

function uriContext(directive: boolean): string {
  return directive ? "while parsing a %TAG directive" : "while parsing a tag";
}

/** Reads one character that is spelt as `%` escapes of its UTF-8 bytes. */
function readUriEscapes(cursor: Cursor, directive: boolean, start: number): string {
  const context = uriContext(directive);
  const bytes: number[] = [];
  let width = 1;
  while (bytes.length < width) {
    const digits = cursor.slice(cursor.pos + 1, cursor.pos + 3);
    if (cursor.code !== Char.Percent || !/^[0-9a-fA-F]{2}$/.test(digits)) {
      cursor.fail("did not find URI escaped octet", context, start);
    }
    const octet = Number.parseInt(digits, 16);
    if (bytes.length === 0) {
      width = utf8Width(octet);
      if (width === 0) cursor.fail("found an incorrect leading UTF-8 octet", context, start);
    } else if ((octet & 0xc0) !== 0x80) cursor.fail("found an incorrect trailing UTF-8 octet", context, start);
    bytes.push(octet);
    cursor.pos += 3;
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function utf8Width(octet: number): number {
  if (octet < 0x80) return 1;
  if (octet >> 5 === 0b110) return 2;
  if (octet >> 4 === 0b1110) return 3;
  return octet >> 3 === 0b11110 ? 4 : 0;
}
