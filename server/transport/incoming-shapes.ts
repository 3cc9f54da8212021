import { notifications, requests } from "../protocol.js";
import {
  anything,
  either,
  flag,
  integer,
  listOf,
  type MessageShape,
  nothing,
  nullable,
  optional,
  record,
  text,
  uinteger,
} from "./shape.js";

// The parameters of every message that we take, as far as we look into them.

const position = record({ line: uinteger, character: uinteger });
const range = record({ start: position, end: position });
const textDocument = record({ uri: text });
const inDocument = { textDocument };
const atPosition = { textDocument, position };
const token = either(text, integer);
const folder = record({ uri: text });
const folders = listOf(folder);

const lsp: { readonly [method: string]: MessageShape } = {
  initialize: record({
    processId: nullable(integer),
    rootUri: nullable(text),
    capabilities: record({}),
    workspaceFolders: nullable(folders),
    initializationOptions: nullable(
      record({
        trusted: optional(flag),
        notifications: optional(listOf(text)),
        editorCommands: optional(listOf(text)),
      }),
    ),
  }),
  initialized: nullable(record({})),
  shutdown: nothing,
  "textDocument/didOpen": record({
    textDocument: record({ uri: text, languageId: text, version: integer, text }),
  }),
  "textDocument/didChange": record({
    textDocument: record({ uri: text, version: integer }),
    contentChanges: listOf(record({ range: optional(range), text })),
  }),
  "textDocument/didClose": record(inDocument),
  "textDocument/hover": record(atPosition),
  "textDocument/completion": record(atPosition),
  "textDocument/definition": record(atPosition),
  "textDocument/references": record({ ...atPosition, context: record({ includeDeclaration: flag }) }),
  "textDocument/documentHighlight": record(atPosition),
  "textDocument/prepareRename": record(atPosition),
  "textDocument/rename": record({ ...atPosition, newName: text }),
  "textDocument/documentSymbol": record(inDocument),
  "textDocument/codeAction": record({
    textDocument,
    range,
    context: record({
      diagnostics: listOf(record({ range, message: anything })),
      only: optional(listOf(text)),
    }),
  }),
  "workspace/executeCommand": record({ command: text, arguments: optional(listOf(anything)) }),
  "workspace/didChangeConfiguration": nullable(record({})),
  "workspace/didChangeWatchedFiles": record({ changes: listOf(record({ uri: text, type: uinteger })) }),
  "workspace/didChangeWorkspaceFolders": record({ event: record({ added: folders, removed: folders }) }),
  "window/workDoneProgress/cancel": record({ token }),
  "$/cancelRequest": record({ id: token }),
};

const beyondLsp: { readonly [method: string]: MessageShape } = {
  [requests.preview.method]: record({ uri: text, profile: optional(text) }),
  [requests.mapToSource.method]: record({ uri: text, profile: text, line: uinteger }),
  [requests.mapToRendered.method]: record({ uri: text, profile: text, range }),
  [requests.profiles.method]: nullable(anything),
  [requests.targets.method]: nullable(anything),
  [requests.packages.method]: record({ target: text }),
  [requests.select.method]: record({ profile: optional(text), target: optional(text) }),
  [notifications.trusted.method]: nullable(anything),
};

export const incomingShapes: ReadonlyMap<string, MessageShape> = new Map(Object.entries({ ...lsp, ...beyondLsp }));
