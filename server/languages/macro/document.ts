import { LineTable } from "../../../engine/lines.js";
import type { TemplateDocument } from "../jinja/template-document.js";
import { TemplateText } from "../jinja/template-text.js";

/** One state of a file that definitions import: macros, variables, no packages. */
export class MacroDocument implements TemplateDocument {
  readonly lines: LineTable;
  readonly template: TemplateText;

  constructor(
    readonly uri: string,
    readonly version: number | undefined,
    text: string,
  ) {
    this.lines = new LineTable(text);
    this.template = new TemplateText(text);
  }
}
