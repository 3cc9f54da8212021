import type {
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  InitializeParams,
  InitializeResult,
} from "vscode-languageserver-protocol";
import { loadProject } from "../engine/config/project-loader.js";
import { version } from "../package.json";
import type { Actions } from "./commands/actions.js";
import { handleCommands } from "./commands/execute-command.js";
import { connectToEditor, endWithEditor } from "./connection.js";
import { handleLanguageRequests, handleOwnRequests } from "./handlers.js";
import { clientFeatures } from "./languages/client-features.js";
import { fixAllKind } from "./languages/definition/code-actions.js";
import { completionTriggers } from "./languages/definition/completion.js";
import { CodeActionKind, TextDocumentSyncKind } from "./languages/lsp.js";
import { notifications, type ServerOptions, serverCommands } from "./protocol.js";
import { LanguageServices } from "./services.js";
import { Session } from "./session.js";
import { SelectionState } from "./workspace/selection.js";
import { Texts } from "./workspace/texts.js";
import { uriToFile } from "./workspace/uri.js";

/** The settings of the section `winrepo`, as editors send them. */
interface EditorSettings {
  readonly diagnostics?: { readonly enabled?: boolean };
}

// The composition root of the language server: one connection, one session.

const connection = connectToEditor();
let session: Session | undefined;
const watchEditor = endWithEditor(connection, () => session?.dispose());
connection.onRequest("initialize", (params: InitializeParams) => {
  watchEditor(params.processId);
  session ??= start(params);
  return capabilities();
});
connection.listen();

function start(params: InitializeParams): Session {
  const { trusted = true, editorCommands } = (params.initializationOptions ?? {}) as ServerOptions;
  const client = clientFeatures(params.capabilities, editorCommands);
  const notify = (method: string, message: object) => void connection.sendNotification(method, message);
  const session = new Session(foldersOf(params), loadProject, client, {
    publish: (uri, version, diagnostics) =>
      notify("textDocument/publishDiagnostics", { uri, diagnostics, ...(version !== undefined && { version }) }),
    rendered: (uri) => notify(notifications.rendered.method, { uri }),
    classified: (uri, definition) => notify(notifications.classified.method, { uri, definition }),
    warn: (message) => notify("window/logMessage", { type: 2, message }),
  });
  const selection = new SelectionState(session.projects);
  handleLanguageRequests(connection, new LanguageServices(session, selection, client));
  handleOwnRequests(connection, session, selection);
  let actions: Promise<Actions> | undefined;
  handleCommands(connection, {
    actions: () => {
      actions ??= import("./commands/lazy-actions.js").then(({ createActions }) => createActions());
      return actions;
    },
    project: () => selection.actionProject,
    trusted,
    showsProgress: params.capabilities.window?.workDoneProgress ?? false,
  });
  handleDocuments(session);
  connection.onNotification("initialized", () => {
    watchFiles(params);
    session.scan();
  });
  return session;
}

/** What the editor tells about texts, files, folders and settings. */
function handleDocuments(session: Session): void {
  const texts = new Texts();
  connection.onNotification("textDocument/didOpen", (params: DidOpenTextDocumentParams) =>
    session.changed(texts.open(params)),
  );
  connection.onNotification("textDocument/didChange", (params: DidChangeTextDocumentParams) => {
    const text = texts.change(params);
    if (text) session.changed(text);
  });
  connection.onNotification("textDocument/didClose", (params: DidCloseTextDocumentParams) => {
    texts.close(params);
    session.closed(params.textDocument.uri);
  });
  connection.onNotification("workspace/didChangeWatchedFiles", ({ changes }: DidChangeWatchedFilesParams) =>
    session.filesChanged(changes),
  );
  connection.onNotification("workspace/didChangeWorkspaceFolders", ({ event }: DidChangeWorkspaceFoldersParams) => {
    const removed = new Set(event.removed.map(({ uri }) => uriToFile(uri)));
    const kept = session.projects.folders.filter((folder) => !removed.has(folder));
    session.setFolders([...kept, ...event.added.flatMap(({ uri }) => uriToFile(uri) ?? [])]);
  });
  connection.onNotification(
    "workspace/didChangeConfiguration",
    ({ settings }: { readonly settings?: { readonly winrepo?: EditorSettings } }) =>
      session.showProblems(settings?.winrepo?.diagnostics?.enabled !== false),
  );
}

function capabilities(): InitializeResult {
  return {
    serverInfo: { name: "winrepo", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: completionTriggers },
      documentSymbolProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      renameProvider: { prepareProvider: true },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      executeCommandProvider: { commands: Object.values(serverCommands) },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** Asks the editor to watch; an editor that cannot still gets everything but changes behind its back. */
function watchFiles({ capabilities }: InitializeParams): void {
  if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  // Definitions, the project file, and the helpers that definitions import.
  const globs = ["**/*.sls", "**/.winrepo.yaml", "**/*.{jinja,j2,yaml,yml,json,txt}"];
  const watchers = globs.map((globPattern) => ({ globPattern }));
  void connection.sendRequest("client/registerCapability", {
    registrations: [{ id: "files", method: "workspace/didChangeWatchedFiles", registerOptions: { watchers } }],
  });
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => uriToFile(uri) ?? []);
}
