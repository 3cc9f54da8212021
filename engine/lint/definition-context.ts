import type { Profile } from "../config/profile.js";
import { definitionKeys, suggestKey } from "../definition/keys.js";
import type { AttributeView, PackageView, VersionView } from "../definition/model.js";
import type { SourceLocator } from "../definition/source-locator.js";
import type { DefinitionView } from "../definition/view.js";
import type { Span } from "../problem.js";
import type { FileServer } from "../render/file-server.js";
import type { RenderedDefinition } from "../render/rendered.js";
import type { YamlNode } from "../yaml/node.js";
import type { Report } from "./report.js";

const known = new Set(definitionKeys.map(({ name }) => name));

/** What one rule sees of one file under one profile, and where it reports. */
export class DefinitionContext {
  readonly rendered: RenderedDefinition;
  readonly source: string;
  readonly packages: readonly PackageView[];
  /** Every version of every package, in file order. */
  readonly versions: readonly VersionView[];
  readonly locator: SourceLocator;
  /** Whether the profile is a 32-bit Windows. */
  readonly is32Bit: boolean;

  constructor(
    readonly view: DefinitionView<RenderedDefinition>,
    readonly profile: Profile,
    /** Attribute names that the project uses beyond Salt's own. */
    readonly knownKeys: readonly string[],
    readonly report: (report: Report) => void,
    /** What `salt://` shows, where that is known. */
    readonly fileServer?: FileServer,
  ) {
    this.rendered = view.rendered;
    this.source = view.source;
    this.packages = view.isCutOff ? [] : view.packages;
    this.versions = view.isCutOff ? [] : view.versions;
    this.locator = view.locator;
    this.is32Bit = profile.grains.cpuarch === "x86";
  }

  get path(): string {
    return this.rendered.path;
  }

  /** Where a person would look first for a node: the loop item that made it, else where it is written. */
  at(node: YamlNode): Span {
    return this.view.at(node);
  }

  /** Where a node is written, also when a loop's item made its text. */
  written(node: YamlNode): Span {
    return this.view.written(node);
  }

  /** Whether the template tells 32-bit and 64-bit machines apart. */
  get asksForArchitecture(): boolean {
    return /cpuarch|osarch/.test(this.source);
  }

  isKnownKey(name: string): boolean {
    return known.has(name) || this.knownKeys.includes(name);
  }

  /**
   * The attribute that was meant to be one that a version lacks: `instal_flags` for `install_flags`. unknown-key reports
   * it; that the right one is missing is no finding of its own.
   */
  misspelling(version: VersionView, name: string): AttributeView | undefined {
    if (version.attributes.has(name)) return undefined;
    return [...version.attributes.values()].find(
      (attribute) => !this.isKnownKey(attribute.name) && suggestKey(attribute.name) === name,
    );
  }

  /** The source text of a place. */
  text(range: Span): string {
    return this.source.slice(range.start, range.end);
  }
}
