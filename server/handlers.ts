import { type HandlerResult, type MessageConnection, ResponseError } from "vscode-jsonrpc/node";
import type {
  CodeActionParams,
  DocumentSymbolParams,
  ReferenceParams,
  RenameParams,
  TextDocumentPositionParams,
} from "vscode-languageserver-protocol";
import { projectShape } from "../engine/config/project-shape.js";
import type { LineTable } from "../engine/lines.js";
import { ruleByCode } from "../engine/lint/rules/index.js";
import { notifications, type Position, type RequestOf, requests } from "./protocol.js";
import { type CodeActionRequest, codeActions } from "./service/codeAction.js";
import { complete } from "./service/completion.js";
import { definitionOf } from "./service/definition.js";
import type { DefinitionDocument, Rendering } from "./service/document.js";
import { documentHighlights } from "./service/documentHighlight.js";
import { documentSymbols } from "./service/documentSymbol.js";
import { hover } from "./service/hover.js";
import { LSPErrorCodes } from "./service/lsp.js";
import { lineToSource, preview, sourceToLines } from "./service/preview.js";
import { referencesTo } from "./service/references.js";
import { prepareRename, RenameRefusal, rename } from "./service/rename.js";
import { completeSalt, hoverSalt } from "./service/saltFile.js";
import { saltFixes } from "./service/saltFixes.js";
import { completeSettings, hoverSettings } from "./service/settingsFile.js";
import type { Session } from "./session.js";
import type { SelectionState } from "./workspace/selection.js";

const ruleCodes = [...ruleByCode.keys()];

/** Answers requests about documents. A document that is no definition gets no answer, not an error. */
export function handleLanguageRequests(
  connection: MessageConnection,
  session: Session,
  selection: SelectionState,
): void {
  const offsetOf = ({ lines }: DefinitionDocument, position: Position) => offsetIn(lines, position);
  const renderings = (document: DefinitionDocument): Rendering[] =>
    session.projects.forUri(document.uri).profiles.map((profile) => session.rendering(document, profile));
  const renderingFor = (document: DefinitionDocument, name?: string): Rendering | undefined => {
    const profile = selection.profileOf(session.projects.forUri(document.uri), name);
    return profile && session.rendering(document, profile);
  };

  // LSP has null for "nothing".
  const onLsp = <Params, Result>(method: string, handler: (params: Params) => Result | undefined) =>
    connection.onRequest(method, (params: Params): HandlerResult<unknown, void> => handler(params) ?? null);
  const on = <Params, Result>(type: RequestOf<Params, Result>, handler: (params: Params) => Result) =>
    connection.onRequest(type.method, handler as (params: Params) => HandlerResult<Result, void>);

  onLsp("textDocument/hover", ({ textDocument, position }: TextDocumentPositionParams) => {
    const settings = session.projectFile(textDocument.uri);
    if (settings) return hoverSettings(settings, offsetIn(settings, position), projectShape);
    const salt = session.saltFiles.get(textDocument.uri);
    if (salt) return hoverSalt(salt, offsetIn(salt.lines, position));
    const document = session.documents.get(textDocument.uri);
    return document && hover(document, offsetOf(document, position), renderings(document));
  });
  onLsp("textDocument/completion", ({ textDocument, position }: TextDocumentPositionParams) => {
    const settings = session.projectFile(textDocument.uri);
    if (settings) return completeSettings(settings, offsetIn(settings, position), projectShape, { rules: ruleCodes });
    const salt = session.saltFiles.get(textDocument.uri);
    if (salt) return completeSalt(salt, offsetIn(salt.lines, position));
    const document = session.documents.get(textDocument.uri);
    if (!document) return undefined;
    return complete(document, offsetOf(document, position), session.projects.forUri(document.uri).profiles);
  });
  onLsp("textDocument/documentSymbol", ({ textDocument }: DocumentSymbolParams) => {
    const document = session.documents.get(textDocument.uri);
    const rendering = document && renderingFor(document);
    return rendering && documentSymbols(rendering);
  });
  onLsp("textDocument/codeAction", ({ textDocument, range, context }: CodeActionParams) => {
    const asked = ({ lines }: { readonly lines: LineTable }): CodeActionRequest => ({
      range: { start: offsetIn(lines, range.start), end: offsetIn(lines, range.end) },
      diagnostics: context.diagnostics,
      ...(context.only && { only: context.only }),
    });
    const salt = session.saltFiles.get(textDocument.uri);
    if (salt) return saltFixes(salt, asked(salt));
    const document = session.documents.get(textDocument.uri);
    const findings = document && session.checker.findings(document);
    return findings && codeActions(document, findings, asked(document));
  });

  onLsp("textDocument/definition", ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = session.documents.get(textDocument.uri);
    return document && definitionOf(document, offsetOf(document, position));
  });
  onLsp("textDocument/references", ({ textDocument, position, context }: ReferenceParams) => {
    const document = session.documents.get(textDocument.uri);
    return document && referencesTo(document, offsetOf(document, position), context.includeDeclaration);
  });
  onLsp("textDocument/documentHighlight", ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = session.documents.get(textDocument.uri);
    return document && documentHighlights(document, offsetOf(document, position));
  });
  onLsp("textDocument/prepareRename", ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = session.documents.get(textDocument.uri);
    return document && refusing(() => prepareRename(document, offsetOf(document, position)));
  });
  onLsp("textDocument/rename", ({ textDocument, position, newName }: RenameParams) => {
    const document = session.documents.get(textDocument.uri);
    return document && refusing(() => rename(document, offsetOf(document, position), newName));
  });

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
    return sourceToLines(rendering, { start: offsetOf(document, range.start), end: offsetOf(document, range.end) });
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
    void connection.sendNotification(notifications.selection.method, current);
    return current;
  });
}

function offsetIn(lines: LineTable, { line, character }: Position): number {
  return Math.min(lines.startOf(line) + character, lines.endOf(line));
}

/** A refusal is an answer that the editor shows, not a failure that it logs. */
function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RenameRefusal) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    throw error;
  }
}
