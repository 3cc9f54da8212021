import type { Profile } from "../../../engine/config/profile.js";
import { DefinitionView } from "../../../engine/definition/view.js";
import { LineTable } from "../../../engine/lines.js";
import type { RenderedDefinition } from "../../../engine/render/rendered.js";
import type { TemplateDocument } from "../jinja/template-document.js";
import { TemplateText } from "../jinja/template-text.js";

/** One state of a definition's text: what every feature looks at. */
export class DefinitionDocument implements TemplateDocument {
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

/** What one profile makes of one state of a definition. */
export class Rendering {
  readonly view: DefinitionView<RenderedDefinition>;
  #lines: LineTable | undefined;

  constructor(
    readonly document: DefinitionDocument,
    readonly profile: Profile,
    readonly rendered: RenderedDefinition,
    /** Only the beginning was rendered: nothing may be concluded from what is missing. */
    readonly isPartial = false,
  ) {
    this.view = new DefinitionView(document.text, rendered);
  }

  /** The lines of the rendered text. */
  get lines(): LineTable {
    this.#lines ??= new LineTable(this.rendered.rendered);
    return this.#lines;
  }
}
