import { SaltRelease } from "../../../engine/salt-version/release.js";
import { type FileSyntax, fileSyntax } from "../../../engine/template/syntax/file-syntax.js";
import { type LexedTemplate, lex } from "../../../engine/template/syntax/lexer.js";
import type { Template } from "../../../engine/template/syntax/nodes.js";
import { parseTemplate } from "../../../engine/template/syntax/parser.js";
import { defaultSettings, type SyntaxSettings } from "../../../engine/template/syntax/settings.js";
import { type JinjaPlace, jinjaAt } from "./cursor.js";
import { type JinjaSymbol, jinjaSymbols } from "./symbols.js";

/** One state of a text as Jinja reads it while somebody types. Each view of it is made when first asked for. */
export class TemplateText {
  #lexed: LexedTemplate | undefined;
  #tree: Template | undefined;
  #symbols: readonly JinjaSymbol[] | undefined;

  /** How the text reads: a `#jinja2: {…}` line may change it. */
  readonly #syntax: FileSyntax;

  constructor(readonly text: string) {
    this.#syntax = fileSyntax(text, defaultSettings, new SaltRelease());
  }

  get #options() {
    return { recover: true, header: this.#syntax.header };
  }

  /** The delimiters and other options of this text. */
  get settings(): SyntaxSettings {
    return this.#syntax.settings;
  }

  get tree(): Template {
    this.#tree ??= parseTemplate(this.text, this.#syntax.settings, this.#options).template;
    return this.#tree;
  }

  /** The names that the template itself defines. */
  get symbols(): readonly JinjaSymbol[] {
    this.#symbols ??= jinjaSymbols(this.tree);
    return this.#symbols;
  }

  placeAt(offset: number): JinjaPlace {
    this.#lexed ??= lex(this.text, this.#syntax.settings, this.#options);
    return jinjaAt(this.text, this.#lexed, offset, this.settings);
  }

  /** The tags that would close the blocks open at a place, or begin their next part; innermost first. */
  openEndsAt(offset: number): readonly string[] {
    const { openBlocks } = parseTemplate(this.text.slice(0, offset), this.#syntax.settings, this.#options);
    return openBlocks[0]?.ends ?? [];
  }
}
