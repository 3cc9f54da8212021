import type { Profile } from "../../../engine/config/profile.js";
import { type PackageView, viewDefinition } from "../../../engine/definition/model.js";
import { SourceLocator } from "../../../engine/definition/source-locator.js";
import { LineTable } from "../../../engine/lines.js";
import type { RenderedDefinition } from "../../../engine/render/rendered.js";
import { TemplateText } from "../jinja/template-text.js";
import type { LanguageDocument } from "../language-service.js";

/** One state of a definition's text: what every feature looks at. */
export class DefinitionDocument implements LanguageDocument {
  readonly lines: LineTable;
  readonly template: TemplateText;

  constructor(
    readonly uri: string,
    /** Relative to its project's folder, with `/`. */
    readonly path: string,
    /** The editor's version; undefined for a file that is read from disk. */
    readonly version: number | undefined,
    readonly text: string,
  ) {
    this.lines = new LineTable(text);
    this.template = new TemplateText(text);
  }
}

/** What one profile makes of one state of a definition. The views are made when they are first asked for. */
export class Rendering {
  #packages: readonly PackageView[] | undefined;
  #locator: SourceLocator | undefined;
  #lines: LineTable | undefined;

  constructor(
    readonly document: DefinitionDocument,
    readonly profile: Profile,
    readonly rendered: RenderedDefinition,
  ) {}

  get packages(): readonly PackageView[] {
    this.#packages ??= viewDefinition(this.rendered.root);
    return this.#packages;
  }

  get locator(): SourceLocator {
    this.#locator ??= new SourceLocator(this.document.text, this.rendered.rendered, this.rendered.sourceMap);
    return this.#locator;
  }

  /** The lines of the rendered text. */
  get lines(): LineTable {
    this.#lines ??= new LineTable(this.rendered.rendered);
    return this.#lines;
  }
}
