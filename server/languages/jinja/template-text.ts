import { type LexedTemplate, lex } from "../../../engine/template/syntax/lexer.js";
import type { Template } from "../../../engine/template/syntax/nodes.js";
import { parseTemplate } from "../../../engine/template/syntax/parser.js";
import { defaultSettings } from "../../../engine/template/syntax/settings.js";
import { type JinjaPlace, jinjaAt } from "./cursor.js";
import { type JinjaSymbol, jinjaSymbols } from "./symbols.js";

const recover = { recover: true };

/** One state of a text as Jinja reads it while somebody types. Each view of it is made when first asked for. */
export class TemplateText {
  #lexed: LexedTemplate | undefined;
  #tree: Template | undefined;
  #symbols: readonly JinjaSymbol[] | undefined;

  constructor(readonly text: string) {}

  get tree(): Template {
    this.#tree ??= parseTemplate(this.text, defaultSettings, recover).template;
    return this.#tree;
  }

  /** The names that the template itself defines. */
  get symbols(): readonly JinjaSymbol[] {
    this.#symbols ??= jinjaSymbols(this.tree);
    return this.#symbols;
  }

  placeAt(offset: number): JinjaPlace {
    this.#lexed ??= lex(this.text, defaultSettings, recover);
    return jinjaAt(this.text, this.#lexed, offset);
  }

  /** The tags that would close the blocks open at a place, or begin their next part; innermost first. */
  openEndsAt(offset: number): readonly string[] {
    const { openBlocks } = parseTemplate(this.text.slice(0, offset), defaultSettings, recover);
    return openBlocks[0]?.ends ?? [];
  }
}
