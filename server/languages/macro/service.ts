import type { CancellationToken } from "vscode-languageserver-protocol";
import type {
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  Hover,
  Location,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import type { ClientFeatures } from "../client-features.js";
import { definition } from "../jinja/definition.js";
import { documentHighlights } from "../jinja/document-highlight.js";
import { importLinks } from "../jinja/document-link.js";
import { references } from "../jinja/references.js";
import { prepareRename, rename } from "../jinja/rename.js";
import type { TemplateFiles } from "../jinja/template-document.js";
import type { LanguageService } from "../language-service.js";
import { completion } from "./completion.js";
import { diagnostics } from "./diagnostics.js";
import type { MacroDocument } from "./document.js";
import { documentSymbols } from "./document-symbol.js";
import { hover } from "./hover.js";

/** What the workspace knows of a macro file. */
export interface MacroFacts {
  /** The machines that the project is checked for. */
  profiles(document: MacroDocument): readonly Profile[];
  readonly templates: TemplateFiles;
}

/** Files that definitions import: `map.jinja`, `lib.sls`. */
export class MacroService implements LanguageService {
  readonly #facts: MacroFacts;
  readonly #client: ClientFeatures;

  constructor(
    readonly document: MacroDocument,
    facts: MacroFacts,
    client: ClientFeatures,
  ) {
    this.#facts = facts;
    this.#client = client;
  }

  diagnostics(): Diagnostic[] {
    return diagnostics(this.document, this.#client);
  }

  hover(offset: number): Hover | undefined {
    const { templates } = this.#facts;
    return hover(this.document, offset, { profiles: this.#facts.profiles(this.document), templates }, this.#client);
  }

  completion(offset: number): CompletionItem[] {
    const { templates } = this.#facts;
    return completion(
      this.document,
      offset,
      { profiles: this.#facts.profiles(this.document), templates },
      this.#client,
    );
  }

  documentSymbols(): DocumentSymbol[] | SymbolInformation[] {
    return documentSymbols(this.document, this.#client);
  }

  documentLinks(): DocumentLink[] {
    return importLinks(this.document, this.#facts.templates);
  }

  definition(offset: number): Location[] {
    return definition(this.document, offset, this.#facts.templates);
  }

  references(offset: number, includeDeclaration: boolean, token: CancellationToken): Promise<Location[] | undefined> {
    return references(this.document, offset, includeDeclaration, this.#facts.templates, token);
  }

  documentHighlights(offset: number): DocumentHighlight[] | undefined {
    return documentHighlights(this.document, offset);
  }

  prepareRename(offset: number): Range {
    return prepareRename(this.document, offset, this.#facts.templates);
  }

  rename(offset: number, newName: string, token: CancellationToken): Promise<WorkspaceEdit | undefined> {
    const context = { files: this.#facts.templates, client: this.#client, token };
    return rename(this.document, offset, newName, context);
  }
}
