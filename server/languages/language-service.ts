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
import type { LineTable } from "../../engine/lines.js";
import type { Span } from "../../engine/problem.js";

/** One version of a text, as a language reads it. A change makes a new one; nothing in it ever changes. */
export interface LanguageDocument {
  readonly uri: string;
  /** The editor's version; undefined for a file that is read from disk. */
  readonly version: number | undefined;
  readonly lines: LineTable;
}

/** Undefined where there is nothing to tell. A promise where others (a render worker, the checker) have to answer first. */
export type Answer<T> = T | undefined | Promise<T | undefined>;

export interface CodeActionRequest {
  readonly range: Span;
  /** The kinds that the editor asks for; quick fixes when absent. */
  readonly only?: readonly string[];
  /** The diagnostics that the editor shows there. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Says in words why something cannot be done, e.g. a rename; shown to the person. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/**
 * What a language (definitions, the project file, Salt's configuration; one folder each) tells about one version of one
 * document. Every feature is a method in LSP's word; a language leaves out those that it has not.
 *
 * - A service is bound to `document`: all its answers are about that version, and stay right about it when the editor
 *   has a newer one. Who asks drops an answer that is not wanted any more.
 * - Places go in as offsets and come out as LSP's positions in `document` (or in the document that a location names).
 * - Each method takes the request's token: work of more than a moment looks at it, and gives undefined once it is
 *   cancelled.
 * - No method throws because of what a document holds, however little of it is typed. `rename` and `prepareRename`
 *   throw `Refusal` for what cannot be done.
 * - Answers hold only what the editor can take (client-features.ts).
 */
export interface LanguageService {
  readonly document: LanguageDocument;

  diagnostics(token: CancellationToken): Answer<Diagnostic[]>;

  hover?(offset: number, token: CancellationToken): Answer<Hover>;

  completion?(offset: number, token: CancellationToken): Answer<CompletionItem[]>;

  codeActions?(request: CodeActionRequest, token: CancellationToken): Answer<CodeAction[]>;

  documentSymbols?(token: CancellationToken): Answer<DocumentSymbol[] | SymbolInformation[]>;

  definition?(offset: number, token: CancellationToken): Answer<Location[]>;

  documentLinks?(token: CancellationToken): Answer<DocumentLink[]>;

  /** @param includeDeclaration whether the places that set the name count, too */
  references?(offset: number, includeDeclaration: boolean, token: CancellationToken): Answer<Location[]>;

  documentHighlights?(offset: number, token: CancellationToken): Answer<DocumentHighlight[]>;

  /** The range of the name that would be renamed. @throws Refusal, also from the promise */
  prepareRename?(offset: number, token: CancellationToken): Answer<Range>;

  /** @throws Refusal, also from the promise */
  rename?(offset: number, newName: string, token: CancellationToken): Answer<WorkspaceEdit>;
}
