import { Char, Cursor, isBlankOrEnd, isBreak } from "./cursor.js";
import { scanAnchor, scanDirective, scanTag } from "./scan-names.js";
import { scanBlockScalar, scanPlainScalar, scanQuotedScalar } from "./scan-scalars.js";
import { type Token, type TokenKind, token } from "./token.js";

/** A place where a key without `?` may have begun; the `:` behind it will tell. One per level of flow nesting. */
interface SimpleKey {
  possible: boolean;
  /** It must be a key: it stands where the block mapping's keys stand. */
  required: boolean;
  /** Number of the token that would follow the inserted KEY. */
  tokenNumber: number;
  offset: number;
  lineStart: number;
}

/** A key without `?` may be this many characters long. */
const simpleKeyLimit = 1024;

/**
 * The text as tokens, with libyaml's rules, quirks and wording of errors. Like libyaml it reads only as far ahead as
 * the next token needs, so that the first error in the text is the one that is raised.
 */
export class Scanner {
  readonly #cursor: Cursor;
  #queue: Token[] = [];
  #head = 0;
  /** Tokens handed out so far. */
  #taken = 0;
  /** Column of the innermost block collection; -1 outside of all. */
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #simpleKeyAllowed = true;
  #simpleKey: SimpleKey = noSimpleKey();
  readonly #simpleKeys: SimpleKey[] = [this.#simpleKey];

  constructor(text: string) {
    this.#cursor = new Cursor(text);
    if (text.charCodeAt(0) === Char.ByteOrderMark) this.#cursor.pos = this.#cursor.lineStart = 1;
  }

  /** How far the text has been read. */
  get offset(): number {
    return this.#cursor.pos;
  }

  /** The next token, which stays next. @throws YamlSyntaxError ScannerError */
  peek(): Token {
    while (this.#needsMore()) this.#fetchNext();
    return this.#queue[this.#head]!;
  }

  /** Takes the token that {@link peek} gave. */
  skip(): void {
    this.#taken++;
    this.#head++;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    }
  }

  #needsMore(): boolean {
    if (this.#head === this.#queue.length) return true;
    this.#dropStaleKeys();
    for (const key of this.#simpleKeys) if (key.possible && key.tokenNumber === this.#taken) return true;
    return false;
  }

  #push(kind: TokenKind, start: number, end: number): void {
    this.#queue.push(token(kind, start, end));
  }

  /** Puts a token before the one with that number. */
  #insert(number: number, kind: TokenKind, offset: number): void {
    this.#queue.splice(this.#head + number - this.#taken, 0, token(kind, offset, offset));
  }

  #fetchNext(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#dropStaleKeys();
    this.#unrollIndent(cursor.column);
    const code = cursor.code;
    if (code === Char.Nul) this.#fetchStreamEnd();
    else if (cursor.column === 0 && code === Char.Percent) this.#fetchDirective();
    else if (cursor.atDocumentMarker()) this.#fetchDocumentMarker();
    else this.#fetchContent(code, cursor.at(cursor.pos + 1));
  }

  #fetchContent(code: number, next: number): void {
    const flow = this.#flowLevel > 0;
    switch (code) {
      case Char.OpenBracket:
        this.#fetchFlowStart("flow-sequence-start");
        break;
      case Char.OpenBrace:
        this.#fetchFlowStart("flow-mapping-start");
        break;
      case Char.CloseBracket:
        this.#fetchFlowEnd("flow-sequence-end");
        break;
      case Char.CloseBrace:
        this.#fetchFlowEnd("flow-mapping-end");
        break;
      case Char.Comma:
        this.#fetchFlowEntry();
        break;
      case Char.Minus:
        if (isBlankOrEnd(next)) this.#fetchBlockEntry();
        else this.#fetchPlain();
        break;
      case Char.Question:
        if (flow || isBlankOrEnd(next)) this.#fetchKey();
        else this.#fetchPlain();
        break;
      case Char.Colon:
        if (flow || isBlankOrEnd(next)) this.#fetchValue();
        else this.#fetchPlain();
        break;
      case Char.Asterisk:
      case Char.Ampersand:
        this.#startNode();
        this.#queue.push(scanAnchor(this.#cursor));
        break;
      case Char.Exclamation:
        this.#startNode();
        this.#queue.push(scanTag(this.#cursor, flow));
        break;
      case Char.SingleQuote:
      case Char.DoubleQuote:
        this.#startNode();
        this.#queue.push(scanQuotedScalar(this.#cursor));
        break;
      case Char.Bar:
      case Char.Greater:
        this.#fetchBlockScalar();
        break;
      case Char.Tab:
      case Char.Hash:
      case Char.Percent:
      case Char.At:
      case Char.Backtick:
        this.#failToken();
        break;
      default:
        this.#fetchPlain();
    }
  }

  #fetchBlockScalar(): void {
    if (this.#flowLevel > 0) this.#failToken();
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = true;
    this.#queue.push(scanBlockScalar(this.#cursor, this.#indent));
  }

  #failToken(): never {
    const offset = this.#cursor.pos;
    this.#cursor.fail("found character that cannot start any token", "while scanning for the next token", offset);
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.column === 0 && cursor.code === Char.ByteOrderMark) cursor.pos++;
      // A tab may separate tokens, but not indent them.
      if (this.#flowLevel > 0 || !this.#simpleKeyAllowed) cursor.skipBlanks();
      else while (cursor.code === Char.Space) cursor.pos++;
      cursor.skipComment();
      if (!isBreak(cursor.code)) return;
      cursor.skipBreak();
      if (this.#flowLevel === 0) this.#simpleKeyAllowed = true;
    }
  }

  /** Gives up keys that would span lines or be too long. */
  #dropStaleKeys(): void {
    const { pos, lineStart } = this.#cursor;
    for (const key of this.#simpleKeys) {
      if (!key.possible || (key.lineStart === lineStart && !this.#isTooLong(key.offset, pos))) continue;
      if (key.required) this.#failWithoutColon(key);
      key.possible = false;
    }
  }

  #isTooLong(start: number, end: number): boolean {
    if (end - start <= simpleKeyLimit) return false;
    // libyaml counts code points.
    return end - start > 2 * simpleKeyLimit || [...this.#cursor.slice(start, end)].length > simpleKeyLimit;
  }

  #failWithoutColon(key: SimpleKey): never {
    this.#cursor.fail("could not find expected ':'", "while scanning a simple key", key.offset);
  }

  /** What comes may be a simple key, or belong to one; nothing behind it on its line may begin another. */
  #startNode(): void {
    this.#saveSimpleKey();
    this.#simpleKeyAllowed = false;
  }

  #saveSimpleKey(): void {
    if (!this.#simpleKeyAllowed) return;
    const { pos, lineStart, column } = this.#cursor;
    this.#removeSimpleKey();
    const key = this.#simpleKey;
    key.possible = true;
    key.required = this.#flowLevel === 0 && this.#indent === column;
    key.tokenNumber = this.#taken + this.#queue.length - this.#head;
    key.offset = pos;
    key.lineStart = lineStart;
  }

  #removeSimpleKey(): void {
    const key = this.#simpleKey;
    if (key.possible && key.required) this.#failWithoutColon(key);
    key.possible = false;
  }

  /** Opens a block collection where the column is deeper than all that are open. */
  #rollIndent(column: number, kind: TokenKind, offset: number, number?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (number === undefined) this.#push(kind, offset, offset);
    else this.#insert(number, kind, offset);
  }

  /** Closes the block collections that are deeper than the column. */
  #unrollIndent(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#push("block-end", this.#cursor.pos, this.#cursor.pos);
      this.#indent = this.#indents.pop()!;
    }
  }

  #leaveBlocks(): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
  }

  #fetchStreamEnd(): void {
    const cursor = this.#cursor;
    if (cursor.column > 0) {
      cursor.pos++;
      cursor.lineStart = cursor.pos;
    }
    this.#leaveBlocks();
    this.#push("stream-end", cursor.pos, cursor.pos);
  }

  #fetchDirective(): void {
    this.#leaveBlocks();
    this.#queue.push(scanDirective(this.#cursor));
  }

  #fetchDocumentMarker(): void {
    this.#leaveBlocks();
    this.#fetchIndicator(this.#cursor.code === Char.Minus ? "document-start" : "document-end", 3);
  }

  #fetchIndicator(kind: TokenKind, length = 1): void {
    const start = this.#cursor.pos;
    this.#cursor.pos += length;
    this.#push(kind, start, this.#cursor.pos);
  }

  #fetchFlowStart(kind: TokenKind): void {
    this.#saveSimpleKey();
    this.#simpleKey = noSimpleKey();
    this.#simpleKeys.push(this.#simpleKey);
    this.#flowLevel++;
    this.#simpleKeyAllowed = true;
    this.#fetchIndicator(kind);
  }

  #fetchFlowEnd(kind: TokenKind): void {
    this.#removeSimpleKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#simpleKeys.pop();
      this.#simpleKey = this.#simpleKeys.at(-1)!;
    }
    this.#simpleKeyAllowed = false;
    this.#fetchIndicator(kind);
  }

  #fetchFlowEntry(): void {
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = true;
    this.#fetchIndicator("flow-entry");
  }

  #fetchBlockEntry(): void {
    // In the flow context the parser refuses it.
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) this.#cursor.fail("block sequence entries are not allowed in this context");
      this.#rollIndent(this.#cursor.column, "block-sequence-start", this.#cursor.pos);
    }
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = true;
    this.#fetchIndicator("block-entry");
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) this.#cursor.fail("mapping keys are not allowed in this context");
      this.#rollIndent(this.#cursor.column, "block-mapping-start", this.#cursor.pos);
    }
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = this.#flowLevel === 0;
    this.#fetchIndicator("key");
  }

  #fetchValue(): void {
    const key = this.#simpleKey;
    if (key.possible) {
      this.#insert(key.tokenNumber, "key", key.offset);
      this.#rollIndent(key.offset - key.lineStart, "block-mapping-start", key.offset, key.tokenNumber);
      key.possible = false;
      this.#simpleKeyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#simpleKeyAllowed) this.#cursor.fail("mapping values are not allowed in this context");
        this.#rollIndent(this.#cursor.column, "block-mapping-start", this.#cursor.pos);
      }
      this.#simpleKeyAllowed = this.#flowLevel === 0;
    }
    this.#fetchIndicator("value");
  }

  #fetchPlain(): void {
    this.#startNode();
    const scalar = scanPlainScalar(this.#cursor, this.#indent + 1, this.#flowLevel > 0);
    this.#queue.push(scalar.token);
    if (scalar.endedLine) this.#simpleKeyAllowed = true;
  }
}

function noSimpleKey(): SimpleKey {
  return { possible: false, required: false, tokenNumber: 0, offset: 0, lineStart: 0 };
}
