import type { Problem, Span } from "../problem.js";
import type { SourceMap } from "../template/source-map.js";
import type { YamlNode } from "../yaml/node.js";
import { type PackageView, type VersionView, viewDefinition } from "./model.js";
import { SourceLocator } from "./source-locator.js";

/** What one profile made of a definition, as far as a view of it needs to know (`RenderedDefinition` says more). */
export interface RenderedText {
  readonly profile: string;
  readonly status: "ok" | "error" | "abort";
  readonly rendered: string;
  readonly root: YamlNode | undefined;
  readonly sourceMap: SourceMap | undefined;
  readonly problems: readonly Problem[];
}

/**
 * One definition under one profile: its parts, and where each stands in the rendered text and in the source. Lint, the
 * editor and installations all look through this. The parts are made when they are first asked for.
 */
export class DefinitionView<Rendered extends RenderedText = RenderedText> {
  #packages: readonly PackageView[] | undefined;
  #versions: readonly VersionView[] | undefined;
  #locator: SourceLocator | undefined;

  constructor(
    readonly source: string,
    readonly rendered: Rendered,
  ) {}

  /** All that was read, also of a file that YAML did not get to the end of. */
  get packages(): readonly PackageView[] {
    this.#packages ??= viewDefinition(this.rendered.root);
    return this.#packages;
  }

  /** Every version of every package, in file order. */
  get versions(): readonly VersionView[] {
    this.#versions ??= this.packages.flatMap((view) => view.versions);
    return this.#versions;
  }

  /** Whether YAML stopped in the middle: what half a tree lacks is not missing in the definition. */
  get isCutOff(): boolean {
    return this.rendered.problems.some(({ code }) => /^yaml-(syntax|alias|multiple-documents|limit)$/.test(code));
  }

  get locator(): SourceLocator {
    this.#locator ??= new SourceLocator(this.source, this.rendered.rendered, this.rendered.sourceMap);
    return this.#locator;
  }

  /** Where a person would look first for a node: the literal that its text came from, else where it is written. */
  at(node: YamlNode): Span {
    return this.locator.displaySpan(node.span);
  }

  /** Where a node is written, also when a loop's item made its text. */
  written(node: YamlNode): Span {
    return this.locator.written(node.span);
  }
}
