import {
  type CancellationToken,
  type CodeActionParams,
  type Connection,
  type HandlerResult,
  LSPErrorCodes,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
} from "vscode-languageserver/node";
import type { LineTable } from "../engine/lines.js";
import type { DefinitionDocument, Rendering } from "./languages/definition/document.js";
import { lineToSource, preview, sourceToLines } from "./languages/definition/preview.js";
import { type LanguageService, Refusal } from "./languages/language-service.js";
import { type Position, type RequestOf, requests, type Selection } from "./protocol.js";
import type { LanguageServices } from "./services.js";
import type { Session } from "./session.js";
import type { SelectionState } from "./workspace/selection.js";

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

type Ask = (service: LanguageService, params: never, token: CancellationToken) => unknown;

/** LSP's requests about a document, each asked of the document's language. */
const features: { readonly [method: string]: Ask } = {
  "textDocument/hover": (service, { position }: TextDocumentPositionParams, token) =>
    service.hover?.(offsetIn(service, position), token),
  "textDocument/completion": (service, { position }: TextDocumentPositionParams, token) =>
    service.completion?.(offsetIn(service, position), token),
  "textDocument/documentSymbol": (service, _: DocumentParams, token) => service.documentSymbols?.(token),
  "textDocument/codeAction": (service, { range, context }: CodeActionParams, token) =>
    service.codeActions?.(
      {
        range: { start: offsetIn(service, range.start), end: offsetIn(service, range.end) },
        diagnostics: context.diagnostics,
        ...(context.only && { only: context.only }),
      },
      token,
    ),
  "textDocument/documentLink": (service, _: DocumentParams, token) => service.documentLinks?.(token),
  "textDocument/definition": (service, { position }: TextDocumentPositionParams, token) =>
    service.definition?.(offsetIn(service, position), token),
  "textDocument/references": (service, { position, context }: ReferenceParams, token) =>
    service.references?.(offsetIn(service, position), context.includeDeclaration, token),
  "textDocument/documentHighlight": (service, { position }: TextDocumentPositionParams, token) =>
    service.documentHighlights?.(offsetIn(service, position), token),
  "textDocument/prepareRename": (service, { position }: TextDocumentPositionParams, token) =>
    service.prepareRename?.(offsetIn(service, position), token),
  "textDocument/rename": (service, { position, newName }: RenameParams, token) =>
    service.rename?.(offsetIn(service, position), newName, token),
};

/** Answers LSP's requests about documents. A document of none of our languages gets no answer, not an error. */
export function handleLanguageRequests(connection: Connection, services: LanguageServices): void {
  for (const [method, ask] of Object.entries(features)) {
    connection.onRequest(method, async (params: DocumentParams, token) => {
      const service = services.of(params.textDocument.uri);
      if (!service) return null;
      try {
        const answer = await ask(service, params as never, token);
        if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled.");
        // LSP has null for "nothing".
        return answer ?? null;
      } catch (error) {
        // A refusal is an answer that the editor shows, not a failure that it logs.
        if (error instanceof Refusal) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
        throw error;
      }
    });
  }
}

/** Answers our own requests: previews, profiles and targets. */
export function handleOwnRequests(
  connection: Connection,
  session: Session,
  selection: SelectionState,
  selected: (current: Selection) => void,
): void {
  const renderingFor = (document: DefinitionDocument, name?: string): Rendering | undefined => {
    const profile = selection.profileOf(session.projects.forUri(document.uri), name);
    return profile && session.rendering(document, profile);
  };
  const on = <Params, Result>(type: RequestOf<Params, Result>, handler: (params: Params) => Result) =>
    connection.onRequest(type.method, handler as (params: Params) => HandlerResult<Result, void>);

  on(requests.preview, ({ uri, profile }) => {
    const document = session.documents.get(uri);
    const rendering = document && renderingFor(document, profile);
    if (!rendering) return null;
    const { profiles } = session.projects.forUri(uri);
    return preview(
      rendering,
      profiles.map(({ name }) => name),
    );
  });
  on(requests.mapToSource, ({ uri, profile, line }) => {
    const document = session.documents.get(uri);
    const rendering = document && renderingFor(document, profile);
    return (rendering && lineToSource(rendering, line)) ?? null;
  });
  on(requests.mapToRendered, ({ uri, profile, range }) => {
    const document = session.documents.get(uri);
    const rendering = document && renderingFor(document, profile);
    if (!rendering) return [];
    return sourceToLines(rendering, {
      start: offset(document.lines, range.start),
      end: offset(document.lines, range.end),
    });
  });
  on(requests.profiles, () =>
    session.projects.main.profiles.map(({ name, grains }) => ({
      name,
      description: [grains.osfullname, grains.cpuarch].filter((part) => typeof part === "string").join(", "),
    })),
  );
  on(requests.targets, () => selection.targets);
  on(requests.select, (choice) => {
    const current = selection.select(choice);
    selected(current);
    return current;
  });
}

function offsetIn({ document }: LanguageService, position: Position): number {
  return offset(document.lines, position);
}

function offset(lines: LineTable, { line, character }: Position): number {
  return Math.min(lines.startOf(line) + character, lines.endOf(line));
}
