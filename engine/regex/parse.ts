import { repr } from "../value/repr.js";
import { PyError } from "../value/types.js";
import { type Flags, type Node, widths } from "./ast.js";
import { classSet, literalSet } from "./charset.js";
import { patternError } from "./error.js";
import { asciiLetter, characterEscape, controlEscapes, decimalDigit, octalDigit, octalValue } from "./escape.js";
import { parseClass } from "./parse-class.js";
import { changed, parseFlags, startsFlags } from "./parse-flags.js";
import { PatternReader } from "./reader.js";

export interface ParsedPattern {
  readonly node: Node;
  /** How many groups there are, the whole match counted. */
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const mostRepeats = 4_294_967_295;
const mostGroups = 2_147_483_647;
const deepest = 100;

/** Parses a pattern of Python's `re`. @throws PyError `error` with Python's words and position */
export function parsePattern(pattern: string, flags: Flags): ParsedPattern {
  return new PatternParser(pattern, flags).parse();
}

class PatternParser {
  readonly #reader: PatternReader;
  readonly #names = new Map<string, number>();
  /** The widths of the groups that are closed. */
  readonly #closed = new Map<number, readonly [number, number]>();
  #groupCount = 1;
  /** Inside a look-behind: how many groups there were before it. */
  #lookBehindFrom: number | undefined;
  /** Groups that conditions name before they are there, and where. */
  readonly #conditions = new Map<number, number>();
  #depth = 0;

  #globalFlags: Flags;

  constructor(pattern: string, globalFlags: Flags) {
    this.#globalFlags = globalFlags;
    this.#reader = new PatternReader(pattern);
  }

  parse(): ParsedPattern {
    const node = this.#alternatives(this.#globalFlags, true);
    if (this.#reader.next !== undefined) throw this.#reader.error("unbalanced parenthesis");
    for (const [group, position] of this.#conditions) {
      if (group >= this.#groupCount) {
        throw patternError(`invalid group reference ${group}`, this.#reader.characters, position);
      }
    }
    return { node, groupCount: this.#groupCount, groupNames: this.#names };
  }

  #alternatives(flags: Flags, isTop = false): Node {
    this.#depth += 1;
    if (this.#depth > deepest) throw new PyError("RecursionError", "maximum recursion depth exceeded");
    const nodes = [this.#sequence(flags, isTop)];
    while (this.#reader.match("|")) nodes.push(this.#sequence(isTop ? this.#globalFlags : flags, false));
    this.#depth -= 1;
    return nodes.length === 1 ? (nodes[0] as Node) : { kind: "choice", nodes };
  }

  /** `canSetFlags`: global flags may stand here, at the very start. */
  #sequence(initialFlags: Flags, canSetFlags: boolean): Node {
    let flags = initialFlags;
    const nodes: Node[] = [];
    for (
      let token = this.#reader.next;
      token !== undefined && token !== "|" && token !== ")";
      token = this.#reader.next
    ) {
      this.#reader.take();
      if (flags.verbose && this.#skipsVerbose(token)) continue;
      if (token === "(") {
        const node = this.#group(flags, canSetFlags && nodes.length === 0);
        if (node) nodes.push(node);
        else if (canSetFlags) flags = this.#globalFlags;
      } else if (/^[*+?{]$/.test(token)) this.#repeat(token, nodes, flags);
      else nodes.push(this.#single(token, flags));
    }
    return nodes.length === 1 ? (nodes[0] as Node) : { kind: "sequence", nodes };
  }

  #skipsVerbose(token: string): boolean {
    if (/^[ \t\n\r\v\f]$/.test(token)) return true;
    if (token !== "#") return false;
    for (let next = this.#reader.take(); next !== undefined && next !== "\n"; next = this.#reader.take());
    return true;
  }

  #single(token: string, flags: Flags): Node {
    if (token.startsWith("\\")) return this.#escape(token, flags);
    switch (token) {
      case "[":
        return { kind: "set", set: parseClass(this.#reader, flags) };
      case ".":
        return { kind: "set", set: flags.dotAll ? () => true : (code) => code !== 10 };
      case "^":
        return { kind: "anchor", anchor: flags.multiLine ? "lineStart" : "start", ascii: false };
      case "$":
        return { kind: "anchor", anchor: flags.multiLine ? "lineEnd" : "endOrNewline", ascii: false };
      default:
        return literal(token.codePointAt(0) as number, flags);
    }
  }

  #escape(token: string, flags: Flags): Node {
    const letter = token.slice(1);
    switch (letter) {
      case "A":
        return { kind: "anchor", anchor: "start", ascii: false };
      case "Z":
        return { kind: "anchor", anchor: "end", ascii: false };
      case "b":
        return { kind: "anchor", anchor: "boundary", ascii: flags.ascii };
      case "B":
        return { kind: "anchor", anchor: "notBoundary", ascii: flags.ascii };
    }
    const set = classSet(letter, flags.ascii);
    if (set) return { kind: "set", set };
    const code = controlEscapes.get(token) ?? characterEscape(this.#reader, token);
    if (code !== undefined) return literal(code, flags);
    if (letter === "0") {
      return literal(octalValue(this.#reader, token + this.#reader.takeWhile(2, octalDigit)), flags);
    }
    if (decimalDigit.test(letter)) return this.#numbered(token, flags);
    if (asciiLetter.test(letter)) throw this.#reader.error(`bad escape ${token}`, 2);
    return literal(letter.codePointAt(0) as number, flags);
  }

  /** `\1` is a group, `\101` a character. */
  #numbered(token: string, flags: Flags): Node {
    let written = token + this.#reader.takeWhile(1, decimalDigit);
    if (/^\\[0-7]{2}$/.test(written) && octalDigit.test(this.#reader.next ?? "")) {
      written += this.#reader.take();
      return literal(octalValue(this.#reader, written), flags);
    }
    const index = Number(written.slice(1));
    if (index >= this.#groupCount) {
      throw this.#reader.error(`invalid group reference ${index}`, written.length - 1);
    }
    return this.#backReference(index, written.length, flags);
  }

  #backReference(index: number, length: number, flags: Flags): Node {
    if (!this.#closed.has(index)) throw this.#reader.error("cannot refer to an open group", length);
    this.#checkLookBehind(index);
    return { kind: "backReference", index, ignoreCase: flags.ignoreCase };
  }

  #checkLookBehind(index: number): void {
    if (this.#lookBehindFrom === undefined) return;
    if (!this.#closed.has(index)) throw this.#reader.error("cannot refer to an open group");
    if (index >= this.#lookBehindFrom) {
      throw this.#reader.error("cannot refer to group defined in the same lookbehind subpattern");
    }
  }

  #repeat(token: string, nodes: Node[], flags: Flags): void {
    const here = this.#reader.position;
    const bounds = token === "{" ? this.#bounds(here) : simpleBounds(token);
    if (!bounds) {
      nodes.push(literal(123, flags));
      return;
    }
    const node = nodes.at(-1);
    const back = this.#reader.position - here + 1;
    if (!node || node.kind === "anchor") throw this.#reader.error("nothing to repeat", back);
    if (node.kind === "repeat") throw this.#reader.error("multiple repeat", back);
    const mode = this.#reader.match("?") ? "lazy" : this.#reader.match("+") ? "possessive" : "greedy";
    nodes[nodes.length - 1] = { kind: "repeat", node, ...bounds, mode };
  }

  /** `{2,3}`; a brace that begins no bounds is a brace. */
  #bounds(here: number): Bounds | undefined {
    if (this.#reader.next === "}") return undefined;
    const low = this.#reader.takeWhile(Number.POSITIVE_INFINITY, decimalDigit);
    const high = this.#reader.match(",") ? this.#reader.takeWhile(Number.POSITIVE_INFINITY, decimalDigit) : low;
    if (!this.#reader.match("}")) {
      this.#reader.seek(here);
      return undefined;
    }
    const min = low ? Number(low) : 0;
    const max = high ? Number(high) : Number.POSITIVE_INFINITY;
    if (min >= mostRepeats || (high && max >= mostRepeats)) {
      throw new PyError("OverflowError", "the repetition number is too large");
    }
    if (max < min) {
      throw this.#reader.error("min repeat greater than max repeat", this.#reader.position - here);
    }
    return { min, max };
  }

  /** What follows an opening parenthesis; undefined for comments and global flags. */
  #group(flags: Flags, isFirst: boolean): Node | undefined {
    const start = this.#reader.position - 1;
    if (!this.#reader.match("?")) return this.#capture(start, undefined, flags);
    const kind = this.#reader.take();
    switch (kind) {
      case undefined:
        throw this.#reader.error("unexpected end of pattern");
      case "P":
        return this.#named(start, flags);
      case ":":
        return nested(this.#body(start, flags));
      case ">":
        return { kind: "atomic", node: this.#body(start, flags) };
      case "#":
        this.#comment(start);
        return undefined;
      case "=":
      case "!":
        return { kind: "look", node: this.#body(start, flags), behind: false, negative: kind === "!", width: 0 };
      case "<":
        return this.#lookBehind(start, flags);
      case "(":
        return this.#condition(start, flags);
    }
    if (!startsFlags(kind)) throw this.#reader.error(`unknown extension ?${kind}`, Array.from(kind).length + 1);
    const group = parseFlags(this.#reader, kind);
    if (!group.isGlobal) return nested(this.#body(start, changed(flags, group)));
    if (!isFirst) {
      throw this.#reader.error("global flags not at the start of the expression", this.#reader.position - start);
    }
    this.#globalFlags = changed(this.#globalFlags, group);
    return undefined;
  }

  #body(start: number, flags: Flags): Node {
    const node = this.#alternatives(flags);
    this.#close(start);
    return node;
  }

  #close(start: number): void {
    if (this.#reader.match(")")) return;
    throw this.#reader.error("missing ), unterminated subpattern", this.#reader.position - start);
  }

  #comment(start: number): void {
    for (;;) {
      if (this.#reader.next === undefined) {
        throw this.#reader.error("missing ), unterminated comment", this.#reader.position - start);
      }
      if (this.#reader.take() === ")") return;
    }
  }

  #capture(start: number, name: string | undefined, flags: Flags): Node {
    const index = this.#groupCount;
    const earlier = name === undefined ? undefined : this.#names.get(name);
    if (name !== undefined && earlier !== undefined) {
      const message = `redefinition of group name ${repr(name)} as group ${index}; was group ${earlier}`;
      throw this.#reader.error(message, Array.from(name).length + 1);
    }
    this.#groupCount += 1;
    if (name !== undefined) this.#names.set(name, index);
    const node = this.#body(start, flags);
    this.#closed.set(index, widths(node, this.#closed));
    return { kind: "group", index, node };
  }

  #named(start: number, flags: Flags): Node {
    if (this.#reader.match("<")) {
      const name = this.#reader.takeName(">", "group name");
      this.#checkName(name);
      return this.#capture(start, name, flags);
    }
    if (this.#reader.match("=")) {
      const name = this.#reader.takeName(")", "group name");
      this.#checkName(name);
      const length = Array.from(name).length + 1;
      const index = this.#names.get(name);
      if (index === undefined) throw this.#reader.error(`unknown group name ${repr(name)}`, length);
      return this.#backReference(index, length, flags);
    }
    const character = this.#reader.take();
    if (character === undefined) throw this.#reader.error("unexpected end of pattern");
    throw this.#reader.error(`unknown extension ?P${character}`, Array.from(character).length + 2);
  }

  #checkName(name: string): void {
    if (identifier.test(name)) return;
    throw this.#reader.error(`bad character in group name ${repr(name)}`, Array.from(name).length + 1);
  }

  #lookBehind(start: number, flags: Flags): Node {
    const kind = this.#reader.take();
    if (kind === undefined) throw this.#reader.error("unexpected end of pattern");
    if (kind !== "=" && kind !== "!") {
      throw this.#reader.error(`unknown extension ?<${kind}`, Array.from(kind).length + 2);
    }
    const outer = this.#lookBehindFrom;
    this.#lookBehindFrom ??= this.#groupCount;
    const node = this.#alternatives(flags);
    this.#lookBehindFrom = outer;
    this.#close(start);
    const [least, most] = widths(node, this.#closed);
    if (least !== most) throw new PyError("error", "look-behind requires fixed-width pattern");
    return { kind: "look", node, behind: true, negative: kind === "!", width: least };
  }

  #condition(start: number, flags: Flags): Node {
    const name = this.#reader.takeName(")", "group name");
    const index = this.#conditionGroup(name, Array.from(name).length + 1);
    this.#checkLookBehind(index);
    const yes = this.#sequence(flags, false);
    let no: Node = { kind: "empty" };
    if (this.#reader.match("|")) {
      no = this.#sequence(flags, false);
      if (this.#reader.next === "|") {
        throw this.#reader.error("conditional backref with more than two branches");
      }
    }
    this.#close(start);
    return { kind: "condition", index, yes, no };
  }

  #conditionGroup(name: string, length: number): number {
    if (identifier.test(name)) {
      const index = this.#names.get(name);
      if (index === undefined) throw this.#reader.error(`unknown group name ${repr(name)}`, length);
      return index;
    }
    if (!/^[0-9]+$/.test(name)) throw this.#reader.error(`bad character in group name ${repr(name)}`, length);
    const index = Number(name);
    if (index === 0) throw this.#reader.error("bad group number", length);
    if (index >= mostGroups) throw this.#reader.error(`invalid group reference ${index}`, length);
    if (!this.#conditions.has(index)) this.#conditions.set(index, this.#reader.position - length);
    return index;
  }
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function simpleBounds(token: string): Bounds {
  return { min: token === "+" ? 1 : 0, max: token === "?" ? 1 : Number.POSITIVE_INFINITY };
}

function literal(code: number, flags: Flags): Node {
  return { kind: "set", set: literalSet(code, flags.ignoreCase, flags.ascii) };
}

/** A group that only brackets: a node of its own, so that what it holds may be repeated. */
function nested(node: Node): Node {
  return { kind: "sequence", nodes: [node] };
}
