import type { Meter } from "../../value/meter.js";
import type { Value } from "../../value/types.js";
import { resolvePlain, tags } from "../../yaml/resolve.js";
import { LineWriter } from "./line-writer.js";
import { represent, type YamlItem } from "./represent.js";
import { analyzeScalar } from "./scalar-analysis.js";

/** Brackets everywhere, nowhere, or only around what holds nothing but scalars (PyYAML's None). */
export type FlowStyle = boolean | null;

const width = 80;

/** What Salt's dumper makes of an object that is no plain data. */
const nullItem: YamlItem = { kind: "scalar", tag: tags.null, text: "NULL" };

/**
 * Salt's `yaml.safe_dump(value, default_flow_style=flowStyle)`, without the end of document that PyYAML adds to a bare
 * scalar.
 */
export function safeDump(value: Value, flowStyle: FlowStyle, meter: Meter): string {
  const root = represent(value, meter, () => nullItem);
  const text = new Emitter(flowStyle, meter, anchorsOf(root)).document(root);
  meter.allocate(text.length);
  return text;
}

/** Names for what occurs more than once, in the order in which the repetitions come. */
function anchorsOf(root: YamlItem): ReadonlyMap<YamlItem, string> {
  const seen = new Set<YamlItem>();
  const anchors = new Map<YamlItem, string>();
  const visit = (item: YamlItem) => {
    if (item.kind === "scalar") return;
    if (seen.has(item)) {
      if (!anchors.has(item)) anchors.set(item, `id${String(anchors.size + 1).padStart(3, "0")}`);
      return;
    }
    seen.add(item);
    if (item.kind === "sequence") item.items.forEach(visit);
    else for (const [key, value] of item.pairs) [key, value].forEach(visit);
  };
  visit(root);
  return anchors;
}

/** Where an item stands. */
interface Place {
  readonly inMapping?: boolean;
  readonly isKey?: boolean;
}

class Emitter {
  readonly #out = new LineWriter(width, true);
  readonly #written = new Set<YamlItem>();
  #flowLevel = 0;

  readonly #flowStyle: FlowStyle;
  readonly #meter: Meter;
  readonly #anchors: ReadonlyMap<YamlItem, string>;

  constructor(flowStyle: FlowStyle, meter: Meter, anchors: ReadonlyMap<YamlItem, string>) {
    this.#flowStyle = flowStyle;
    this.#meter = meter;
    this.#anchors = anchors;
  }

  document(root: YamlItem): string {
    this.#node(root, {});
    this.#out.newLine();
    return this.#out.text;
  }

  #node(item: YamlItem, place: Place): void {
    this.#meter.step();
    const anchor = this.#anchors.get(item);
    if (anchor !== undefined && this.#written.has(item)) {
      this.#out.indicator(`*${anchor}`, true);
      return;
    }
    if (anchor !== undefined) {
      this.#written.add(item);
      this.#out.indicator(`&${anchor}`, true);
    }
    if (item.kind === "scalar") this.#scalar(item, place);
    else if (item.kind === "sequence") this.#sequence(item, place);
    else this.#mapping(item);
  }

  #indented(body: () => void, { flow = false, indentless = false } = {}): void {
    const { indent } = this.#out;
    if (indent === undefined) this.#out.indent = flow ? 2 : 0;
    else if (!indentless) this.#out.indent = indent + 2;
    body();
    this.#out.indent = indent;
  }

  #isFlow(item: YamlItem, children: readonly YamlItem[]): boolean {
    if (this.#flowLevel > 0 || children.length === 0 || this.#flowStyle === true) return true;
    return (
      this.#flowStyle === null &&
      item.kind !== "scalar" &&
      children.every((child) => child.kind === "scalar" && !child.literal)
    );
  }

  #sequence(item: YamlItem & { kind: "sequence" }, { inMapping = false }: Place): void {
    if (this.#isFlow(item, item.items)) {
      this.#flow("[", "]", item.items, (child) => this.#node(child, {}));
      return;
    }
    const indentless = inMapping && !this.#out.indention;
    this.#indented(
      () => {
        for (const child of item.items) {
          this.#out.newLine();
          this.#out.indicator("-", true, { indention: true });
          this.#node(child, {});
        }
      },
      { indentless },
    );
  }

  #flow<T>(open: string, close: string, children: readonly T[], write: (child: T) => void): void {
    this.#out.indicator(open, true, { whitespace: true });
    this.#flowLevel += 1;
    this.#indented(
      () => {
        children.forEach((child, index) => {
          if (index > 0) this.#out.indicator(",", false);
          if (this.#out.isFull) this.#out.newLine();
          write(child);
        });
      },
      { flow: true },
    );
    this.#flowLevel -= 1;
    this.#out.indicator(close, false);
  }

  #mapping(item: YamlItem & { kind: "mapping" }): void {
    if (item.tag !== tags.map) this.#out.indicator("!!set", true);
    if (this.#isFlow(item, item.pairs.flat())) {
      this.#flow("{", "}", item.pairs, ([key, value]) => this.#pair(key, value, false));
      return;
    }
    this.#indented(() => {
      for (const [key, value] of item.pairs) {
        this.#out.newLine();
        this.#pair(key, value, true);
      }
    });
  }

  #pair(key: YamlItem, value: YamlItem, isBlock: boolean): void {
    if (this.#isSimpleKey(key)) {
      this.#node(key, { inMapping: true, isKey: true });
      this.#out.indicator(":", false);
      this.#node(value, { inMapping: true });
      return;
    }
    this.#out.indicator("?", true, { indention: isBlock });
    this.#node(key, { inMapping: true });
    if (isBlock || this.#out.isFull) this.#out.newLine();
    this.#out.indicator(":", true, { indention: isBlock });
    this.#node(value, { inMapping: true });
  }

  #isSimpleKey(key: YamlItem): boolean {
    if (this.#anchors.has(key) && this.#written.has(key)) return true;
    if (key.kind === "sequence") return key.items.length === 0;
    if (key.kind === "mapping") return key.pairs.length === 0;
    return key.text !== "" && key.text.length < 128 && !analyzeScalar(key.text).isMultiline && !key.literal;
  }

  #scalar(item: YamlItem & { kind: "scalar" }, { isKey = false }: Place): void {
    this.#indented(() => this.#scalarText(item, isKey), { flow: true });
  }

  #scalarText(item: YamlItem & { kind: "scalar" }, isKey: boolean): void {
    const analysis = analyzeScalar(item.text);
    if (item.literal) {
      this.#out.indicator("!!binary", true);
      if (this.#flowLevel === 0 && !isKey && item.text !== "") this.#out.literal(item.text);
      else this.#out.doubleQuoted(item.text, !isKey);
      return;
    }
    const isPlain = this.#flowLevel > 0 ? analysis.allowFlowPlain : analysis.allowBlockPlain;
    const needsQuotes = isKey && (item.text === "" || analysis.isMultiline);
    if (resolvePlain(item.text) === item.tag && isPlain && !needsQuotes) this.#out.plain(item.text, !isKey);
    else if (analysis.allowSingleQuoted && !(isKey && analysis.isMultiline)) this.#out.singleQuoted(item.text, !isKey);
    else this.#out.doubleQuoted(item.text, !isKey);
  }
}

/** A double-quoted scalar in one line, ASCII only unless Unicode is allowed. */
export function doubleQuoted(text: string, allowUnicode = false): string {
  const writer = new LineWriter(Number.POSITIVE_INFINITY, allowUnicode);
  writer.doubleQuoted(text, true);
  return writer.text;
}

/** A double-quoted scalar by itself, broken at blanks behind column 80. */
export function foldedDoubleQuoted(text: string): string {
  const writer = new LineWriter(width, true);
  writer.indent = 2;
  writer.doubleQuoted(text, true);
  return writer.text;
}

/** A single-quoted scalar; line breaks are doubled, as YAML reads them. */
export function singleQuoted(text: string): string {
  const writer = new LineWriter(Number.POSITIVE_INFINITY, false);
  writer.singleQuoted(text, true);
  return writer.text;
}
