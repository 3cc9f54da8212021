import type { CancellationToken } from "vscode-languageserver-protocol";
import type {
  CodeAction,
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
import type { Finding } from "../../../engine/lint/finding.js";
import type { ClientFeatures } from "../client-features.js";
import { definition } from "../jinja/definition.js";
import { documentHighlights } from "../jinja/document-highlight.js";
import { references } from "../jinja/references.js";
import { prepareRename, rename } from "../jinja/rename.js";
import type { TemplateFiles } from "../jinja/template-document.js";
import type { Answer, CodeActionRequest, LanguageService } from "../language-service.js";
import { codeActions } from "./code-actions.js";
import { completion } from "./completion.js";
import { type FileLookup, toDiagnostics } from "./diagnostics.js";
import type { DefinitionDocument, Rendering } from "./document.js";
import { documentLinks } from "./document-link.js";
import { documentSymbols } from "./document-symbol.js";
import { hover } from "./hover.js";

/** What the workspace knows of a definition. All of it is about the version that is handed in. */
export interface DefinitionFacts {
  /** The machines that the project is checked for. */
  profiles(document: DefinitionDocument): readonly Profile[];
  /** What each profile makes of the document. */
  renderings(document: DefinitionDocument, token: CancellationToken): Answer<readonly Rendering[]>;
  /** What the profile makes of it that the person has selected. */
  selectedRendering(document: DefinitionDocument, token: CancellationToken): Answer<Rendering>;
  /** What lint finds in it, the rules across files included. */
  findings(document: DefinitionDocument, token: CancellationToken): Answer<readonly Finding[]>;
  /** The other files of the document's project. */
  lookup(document: DefinitionDocument): FileLookup;
  /** The templates that definitions import, and the definitions themselves. */
  readonly templates: TemplateFiles;
}

/** Package definitions: YAML written through Jinja. */
export class DefinitionService implements LanguageService {
  readonly #facts: DefinitionFacts;
  readonly #client: ClientFeatures;

  constructor(
    readonly document: DefinitionDocument,
    facts: DefinitionFacts,
    client: ClientFeatures,
  ) {
    this.#facts = facts;
    this.#client = client;
  }

  async diagnostics(token: CancellationToken): Promise<Diagnostic[] | undefined> {
    const findings = await this.#facts.findings(this.document, token);
    return findings && toDiagnostics(findings, this.document.lines, this.#facts.lookup(this.document), this.#client);
  }

  async hover(offset: number, token: CancellationToken): Promise<Hover | undefined> {
    const selected = await this.#facts.selectedRendering(this.document, token);
    const all = (await this.#facts.renderings(this.document, token)) ?? [];
    const isSelected = ({ profile }: Rendering) => profile === selected?.profile;
    const renderings = [...all.filter(isSelected), ...all.filter((rendering) => !isSelected(rendering))];
    const { templates } = this.#facts;
    return hover(this.document, offset, { renderings, templates }, this.#client);
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

  async codeActions(request: CodeActionRequest, token: CancellationToken): Promise<CodeAction[] | undefined> {
    const findings = await this.#facts.findings(this.document, token);
    return findings && codeActions(this.document, findings, request, this.#client);
  }

  async documentSymbols(token: CancellationToken): Promise<DocumentSymbol[] | SymbolInformation[] | undefined> {
    const rendering = await this.#facts.selectedRendering(this.document, token);
    return rendering && documentSymbols(rendering, this.#client);
  }

  async documentLinks(token: CancellationToken): Promise<DocumentLink[]> {
    const rendering = await this.#facts.selectedRendering(this.document, token);
    return documentLinks(this.document, rendering, this.#facts.templates);
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
