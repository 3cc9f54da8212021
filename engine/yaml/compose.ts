import { Directives } from "./directives.js";
import { parserError, YamlLimitError, YamlSyntaxError } from "./error.js";
import { resolvePlain, tags } from "./resolve.js";
import { Scanner } from "./scanner.js";
import { endsDocument, isDirective, type Token } from "./token.js";
import { type Collection, type Composed, Mapping, Scalar, Sequence } from "./tree.js";

/** Deeper than this nothing is composed: PyYAML would overflow the stack of the process. */
const maximumDepth = 1000;
/** Nodes that all aliases together may stand for before a text counts as an alias bomb. */
const maximumAliased = 500_000;

/** The tree of the one document of a text, or as much of it as there is before the first error. */
export interface Composition {
  readonly root: Composed | undefined;
  readonly error: YamlSyntaxError | YamlLimitError | undefined;
  /** How far the text had been read when the error was raised. */
  readonly read: number;
  /** How deep its collections are nested, aliases expanded. */
  readonly depth: number;
}

/** Parses with libyaml's grammar and composes as PyYAML does. Never throws. */
export function compose(text: string): Composition {
  const composer = new Composer(text);
  let root: Composed | undefined;
  let error: Composition["error"];
  try {
    root = composer.singleDocument();
  } catch (thrown) {
    error = expected(thrown, composer.read);
    if (!error) throw thrown;
    root = composer.partial();
  }
  return { root, error, read: composer.read, depth: composer.depth };
}

/** What may be thrown while composing. A caller that has used up the stack finds texts too deep sooner than others. */
function expected(thrown: unknown, offset: number): Composition["error"] {
  if (thrown instanceof YamlSyntaxError || thrown instanceof YamlLimitError) return thrown;
  return thrown instanceof RangeError
    ? new YamlLimitError("Collections nest deeper than there is room for.", offset)
    : undefined;
}

interface Anchor {
  readonly node: Composed;
  /** Nodes below it, aliases expanded. */
  size: number;
  /** How deep they are nested. */
  depth: number;
}

class Composer {
  /** The deepest nesting met. */
  depth = 0;
  readonly #scanner: Scanner;
  readonly #anchors = new Map<string, Anchor>();
  #directives = new Directives();
  /** Collections whose end has not been seen, outermost first. */
  readonly #open: Collection[] = [];
  /** The document's root, once it is complete. */
  #complete: Composed | undefined;
  /** Nodes met, aliases expanded. */
  #count = 0;
  #aliased = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  get read(): number {
    return this.#scanner.offset;
  }

  singleDocument(): Composed | undefined {
    let next = this.#scanner.peek();
    if (next.kind === "stream-end") return undefined;
    const explicit = isDirective(next) || next.kind === "document-start";
    if (explicit) {
      this.#startExplicitDocument();
      next = this.#scanner.peek();
    }
    const empty = explicit && (endsDocument(next) || isDirective(next));
    this.#complete = empty ? this.#empty(next.start) : this.#node(true, false);
    this.#endDocument(this.#complete);
    return this.#complete;
  }

  /** The unfinished tree after an error. */
  partial(): Composed | undefined {
    let child: Composed | undefined;
    for (let collection = this.#open.pop(); collection; collection = this.#open.pop()) {
      collection.abandon(child);
      child = collection;
    }
    return child ?? this.#complete;
  }

  #startExplicitDocument(): void {
    this.#directives = new Directives();
    let next = this.#scanner.peek();
    for (; isDirective(next); next = this.#scanner.peek()) {
      this.#directives.declare(next);
      this.#scanner.skip();
    }
    if (next.kind !== "document-start") throw parserError("did not find expected <document start>", next.start);
    this.#scanner.skip();
  }

  /** Makes sure that nothing but the end of the stream follows. */
  #endDocument(root: Composed): void {
    while (this.#scanner.peek().kind === "document-end") this.#scanner.skip();
    const next = this.#scanner.peek();
    if (next.kind === "stream-end") return;
    this.#startExplicitDocument();
    throw new YamlSyntaxError(
      "ComposerError",
      "but found another document",
      next.start,
      "expected a single document in the stream",
      root.start,
    );
  }

  /** @param indentless a `-` at the column of the parent's keys belongs to it */
  #node(block: boolean, indentless: boolean): Composed {
    let next = this.#scanner.peek();
    if (next.kind === "alias") return this.#alias(next);
    const start = next.start;
    let end = start;
    let anchor: Token | undefined;
    let tagToken: Token | undefined;
    while ((next.kind === "anchor" && !anchor) || (next.kind === "tag" && !tagToken)) {
      if (next.kind === "anchor") anchor = next;
      else tagToken = next;
      end = next.end;
      this.#scanner.skip();
      next = this.#scanner.peek();
    }
    const tag = tagToken && this.#directives.expand(tagToken, start);
    this.#count++;
    const properties = anchor !== undefined || tagToken !== undefined;
    const node = this.#startNode(next, { block, indentless, start, end, tag, properties });
    if (anchor) this.#anchoredNode(anchor.text, node, next);
    else if (node.kind !== "scalar") this.#fill(node, next);
    return node;
  }

  #alias(token: Token): Composed {
    const anchor = this.#anchors.get(token.text);
    this.#scanner.skip();
    if (!anchor) throw new YamlSyntaxError("ComposerError", "found undefined alias", token.start);
    const { node } = anchor;
    if (node.kind !== "scalar" && this.#open.includes(node)) return this.#standIn(node, token);
    this.#count += anchor.size;
    this.#aliased += anchor.size;
    this.depth = Math.max(this.depth, this.#open.length + anchor.depth);
    if (this.#aliased > maximumAliased) {
      throw new YamlLimitError(
        `The aliases stand for more than ${maximumAliased.toLocaleString("en-US")} nodes.`,
        token.start,
      );
    }
    return node;
  }

  /** Keeps the tree free of cycles. */
  #standIn(node: Collection, { start, end }: Token): Collection {
    const standIn =
      node.kind === "sequence"
        ? new Sequence(start, end, node.tag, node.flow)
        : new Mapping(start, end, node.tag, node.flow);
    standIn.repeats = node;
    return standIn;
  }

  #anchoredNode(name: string, node: Composed, first: Token): void {
    const known = this.#anchors.get(name);
    if (known) {
      throw new YamlSyntaxError(
        "ComposerError",
        "second occurrence",
        node.start,
        "found duplicate anchor; first occurrence",
        known.node.start,
      );
    }
    const anchor: Anchor = { node, size: 1, depth: 0 };
    this.#anchors.set(name, anchor);
    if (node.kind === "scalar") return;
    const count = this.#count;
    const { depth } = this;
    this.depth = this.#open.length;
    this.#fill(node, first);
    anchor.size = this.#count - count + 1;
    anchor.depth = this.depth - this.#open.length;
    this.depth = Math.max(depth, this.depth);
  }

  #startNode(next: Token, at: NodeStart): Composed {
    const { start, tag } = at;
    // The tag `!` alone means: as if it were plain text without a tag.
    const own = tag === "!" ? undefined : tag;
    if (at.indentless && next.kind === "block-entry") return new Sequence(start, next.end, own ?? tags.seq, false);
    switch (next.kind) {
      case "scalar": {
        this.#scanner.skip();
        const plain = (next.style === "plain" && tag === undefined) || tag === "!";
        const resolved = own ?? (plain ? resolvePlain(next.text) : tags.str);
        return new Scalar(start, next.end, resolved, next.text, next.style);
      }
      case "flow-sequence-start":
        return new Sequence(start, next.end, own ?? tags.seq, true);
      case "flow-mapping-start":
        return new Mapping(start, next.end, own ?? tags.map, true);
      case "block-sequence-start":
        if (at.block) return new Sequence(start, next.end, own ?? tags.seq, false);
        break;
      case "block-mapping-start":
        if (at.block) return new Mapping(start, next.end, own ?? tags.map, false);
        break;
    }
    if (at.properties) return new Scalar(start, at.end, own ?? (tag === undefined ? tags.null : tags.str), "", "empty");
    const context = at.block ? "while parsing a block node" : "while parsing a flow node";
    throw parserError("did not find expected node content", next.start, context, start);
  }

  #fill(node: Collection, first: Token): void {
    if (this.#open.length >= maximumDepth) {
      throw new YamlLimitError(`Collections nest more than ${maximumDepth} deep.`, first.start);
    }
    this.#open.push(node);
    this.depth = Math.max(this.depth, this.#open.length);
    if (node.kind === "sequence") {
      if (node.flow) this.#flowSequence(node);
      else if (first.kind === "block-entry") this.#indentlessSequence(node);
      else this.#blockSequence(node);
    } else if (node.flow) this.#flowMapping(node);
    else this.#blockMapping(node);
    this.#open.pop();
  }

  #blockSequence(node: Sequence): void {
    const mark = this.#take().start;
    for (;;) {
      const next = this.#scanner.peek();
      if (next.kind === "block-end") break;
      if (next.kind !== "block-entry") {
        throw parserError("did not find expected '-' indicator", next.start, "while parsing a block collection", mark);
      }
      this.#scanner.skip();
      node.reach(next.end);
      const kind = this.#scanner.peek().kind;
      const empty = kind === "block-entry" || kind === "block-end";
      node.add(empty ? this.#empty(next.end) : this.#node(true, false));
    }
    this.#scanner.skip();
  }

  #indentlessSequence(node: Sequence): void {
    for (let next = this.#scanner.peek(); next.kind === "block-entry"; next = this.#scanner.peek()) {
      this.#scanner.skip();
      node.reach(next.end);
      const kind = this.#scanner.peek().kind;
      const empty = kind === "block-entry" || kind === "key" || kind === "value" || kind === "block-end";
      node.add(empty ? this.#empty(next.end) : this.#node(true, false));
    }
  }

  #blockMapping(node: Mapping): void {
    const mark = this.#take().start;
    for (;;) {
      const next = this.#scanner.peek();
      if (next.kind === "block-end") break;
      if (next.kind !== "key") {
        throw parserError("did not find expected key", next.start, "while parsing a block mapping", mark);
      }
      this.#scanner.skip();
      node.key = this.#blockMappingPart(next.end);
      const separator = this.#scanner.peek();
      if (separator.kind === "value") {
        this.#scanner.skip();
        node.reach(separator.end);
        node.addValue(this.#blockMappingPart(separator.end));
      } else node.addValue(this.#empty(separator.start));
    }
    this.#scanner.skip();
  }

  #blockMappingPart(offset: number): Composed {
    const kind = this.#scanner.peek().kind;
    return kind === "key" || kind === "value" || kind === "block-end" ? this.#empty(offset) : this.#node(true, true);
  }

  #flowSequence(node: Sequence): void {
    const mark = this.#take().start;
    for (let first = true; ; first = false) {
      let next = this.#scanner.peek();
      if (next.kind !== "flow-sequence-end" && !first) {
        if (next.kind !== "flow-entry") {
          throw parserError("did not find expected ',' or ']'", next.start, "while parsing a flow sequence", mark);
        }
        this.#scanner.skip();
        next = this.#scanner.peek();
      }
      if (next.kind === "flow-sequence-end") break;
      node.add(next.kind === "key" ? this.#singlePair(next) : this.#node(false, false));
    }
    node.end = this.#take().end;
  }

  /** `[a: b]`: a mapping of one pair without braces. */
  #singlePair(keyToken: Token): Mapping {
    const node = new Mapping(keyToken.start, keyToken.end, tags.map, true);
    this.#count++;
    this.#scanner.skip();
    this.#open.push(node);
    let next = this.#scanner.peek();
    if (next.kind === "value" || next.kind === "flow-entry" || next.kind === "flow-sequence-end") {
      // libyaml swallows the token: `[? , a]` loses its comma.
      this.#scanner.skip();
      node.key = this.#empty(next.end);
    } else node.key = this.#node(false, false);
    next = this.#scanner.peek();
    if (next.kind === "value") {
      this.#scanner.skip();
      next = this.#scanner.peek();
      const empty = next.kind === "flow-entry" || next.kind === "flow-sequence-end";
      node.addValue(empty ? this.#empty(next.start) : this.#node(false, false));
    } else node.addValue(this.#empty(next.start));
    this.#open.pop();
    return node;
  }

  #flowMapping(node: Mapping): void {
    const mark = this.#take().start;
    for (let first = true; ; first = false) {
      let next = this.#scanner.peek();
      if (next.kind !== "flow-mapping-end" && !first) {
        if (next.kind !== "flow-entry") {
          throw parserError("did not find expected ',' or '}'", next.start, "while parsing a flow mapping", mark);
        }
        this.#scanner.skip();
        next = this.#scanner.peek();
      }
      if (next.kind === "flow-mapping-end") break;
      if (next.kind === "key") this.#flowPair(node);
      else {
        node.key = this.#node(false, false);
        node.addValue(this.#empty(this.#scanner.peek().start));
      }
    }
    node.end = this.#take().end;
  }

  #flowPair(node: Mapping): void {
    this.#scanner.skip();
    let next = this.#scanner.peek();
    const noKey = next.kind === "value" || next.kind === "flow-entry" || next.kind === "flow-mapping-end";
    node.key = noKey ? this.#empty(next.start) : this.#node(false, false);
    next = this.#scanner.peek();
    if (next.kind === "value") {
      this.#scanner.skip();
      next = this.#scanner.peek();
      const noValue = next.kind === "flow-entry" || next.kind === "flow-mapping-end";
      node.addValue(noValue ? this.#empty(next.start) : this.#node(false, false));
    } else node.addValue(this.#empty(next.start));
  }

  #empty(offset: number): Scalar {
    this.#count++;
    return new Scalar(offset, offset, tags.null, "", "empty");
  }

  #take(): Token {
    const token = this.#scanner.peek();
    this.#scanner.skip();
    return token;
  }
}

/** What is known of a node before its content. */
interface NodeStart {
  readonly block: boolean;
  readonly indentless: boolean;
  readonly start: number;
  /** Behind its anchor and tag. */
  readonly end: number;
  readonly tag: string | undefined;
  /** It has an anchor or a tag, so it may be empty. */
  readonly properties: boolean;
}
