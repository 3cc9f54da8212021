import { readFileSync } from "node:fs";
import type { DefinitionLocator, LocatedAttribute, SourceLocation } from "../definition/definition-locator.js";
import { SourceLocator } from "../definition/source-locator.js";
import { LineTable } from "../lines.js";
import type { Span } from "../problem.js";
import type { RenderedDefinition } from "../render/rendered.js";
import { str } from "../value/repr.js";
import type { YamlMapping, YamlNode } from "../yaml/node.js";

/** A definition file that may hold a package. */
export interface SourceFile {
  /** Absolute path. */
  readonly file: string;
}

/** Renders a file with ranges. */
export type RenderSource = (source: Buffer, file: SourceFile) => RenderedDefinition;

/**
 * Finds attributes in the definitions' sources. Files are read and rendered when they are first asked for, and only
 * those that hold the package's name in their text.
 */
export class SourceDefinitions implements DefinitionLocator {
  private readonly read = new Map<string, OpenedFile | undefined>();

  constructor(
    private readonly files: readonly SourceFile[],
    private readonly render: RenderSource,
  ) {}

  locate(name: string, version: string | undefined, key: string | undefined): LocatedAttribute | undefined {
    for (const file of this.files) {
      const opened = this.open(file, name);
      const found = opened && attributeIn(opened.root, name, version, key);
      if (found) return opened.place(found);
    }
    return undefined;
  }

  private open(file: SourceFile, name: string): OpenedFile | undefined {
    if (this.read.has(file.file)) return this.read.get(file.file);
    const bytes = readIfThere(file.file);
    // A file without the name may get it from a template's computation; it is not worth rendering all for that.
    if (!bytes?.includes(name)) return undefined;
    const rendered = this.render(bytes, file);
    const opened =
      rendered.root?.kind === "mapping" ? new OpenedFile(file.file, bytes, rendered, rendered.root) : undefined;
    this.read.set(file.file, opened);
    return opened;
  }
}

class OpenedFile {
  private readonly source: string;
  private readonly locator: SourceLocator;
  private readonly lines: LineTable;

  constructor(
    private readonly file: string,
    bytes: Buffer,
    rendered: RenderedDefinition,
    readonly root: YamlMapping,
  ) {
    this.source = bytes.toString("utf8");
    this.locator = new SourceLocator(this.source, rendered.rendered, rendered.sourceMap);
    this.lines = new LineTable(this.source);
  }

  place({ node, within, isThere }: FoundAttribute): LocatedAttribute {
    const location = this.locationOf(this.locator.displaySpan(node.span));
    if (!isThere) {
      const insertion = within && this.lineBehind(within);
      return { location, ...(insertion && { insertion }) };
    }
    if (node.kind !== "scalar" || !this.locator.isLiteral(node.span)) return { location };
    const span = this.locator.written(node.span);
    return { location: this.locationOf(span), literal: this.source.slice(span.start, span.end) };
  }

  /** Where a new line of a block mapping goes: behind its last pair, as far as that stands there literally. */
  private lineBehind({ flow, pairs }: YamlMapping): LocatedAttribute["insertion"] {
    const last = pairs.at(-1);
    if (flow || !last || last.value.kind !== "scalar") return undefined;
    if (!this.locator.isLiteral(last.key.span) || !this.locator.isInFile(last.value.span)) return undefined;
    const key = this.locator.written(last.key.span);
    const line = this.lines.lineAt(key.start);
    const indent = this.source.slice(this.lines.startOf(line), key.start);
    if (indent.trim() !== "" || this.lines.lineAt(this.locator.written(last.value.span).end) !== line) return undefined;
    const end = this.lines.endOf(line);
    return { location: this.locationOf({ start: end, end }), before: `\n${indent}` };
  }

  private locationOf(span: Span): SourceLocation {
    return { file: this.file, range: this.lines.range(span) };
  }
}

interface FoundAttribute {
  readonly node: YamlNode;
  /** False when `node` is only the next best: the key of the version or package that has no such attribute. */
  readonly isThere: boolean;
  /** The version's own mapping, where a missing attribute would go. */
  readonly within?: YamlMapping;
}

/** The value of an attribute; the version's or the package's own key where there is no such attribute or version. */
function attributeIn(
  root: YamlMapping,
  name: string,
  version: string | undefined,
  key: string | undefined,
): FoundAttribute | undefined {
  const ofPackage = pairOf(root, name);
  if (!ofPackage) return undefined;
  const ofVersion = version === undefined ? undefined : pairOf(ofPackage.value, version);
  if (!ofVersion) return { node: ofPackage.key, isThere: false };
  if (key === undefined || key === "version") return { node: ofVersion.key, isThere: true };
  const attribute = pairOf(ofVersion.value, key);
  if (attribute) return { node: attribute.value, isThere: true };
  const within = ofVersion.value.kind === "mapping" ? ofVersion.value : undefined;
  return { node: ofVersion.key, isThere: false, ...(within && { within }) };
}

interface Pair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** The pair of a key, also one that a merge key (`<<`) brings. */
function pairOf(node: YamlNode, key: string): Pair | undefined {
  if (node.kind !== "mapping") return undefined;
  const own = node.pairs.find((pair) => str(pair.key.value) === key);
  if (own) return own;
  for (const { key: merge, value } of node.pairs) {
    if (merge.value !== "<<") continue;
    for (const part of value.kind === "sequence" ? value.items : [value]) {
      const found = pairOf(part, key);
      if (found) return found;
    }
  }
  return undefined;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
