import {
  CodeActionKind,
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { version } from "../engine/cli/version.js";
import { loadProject } from "../engine/config/project-loader.js";
import type { Actions } from "./commands/actions.js";
import { handleCommands } from "./commands/executeCommand.js";
import { handleLanguageRequests } from "./handlers.js";
import { notifications, type ServerOptions, serverCommands } from "./protocol.js";
import { fixAllKind } from "./service/codeAction.js";
import { completionTriggers } from "./service/completion.js";
import { Session } from "./session.js";
import { SelectionState } from "./workspace/selection.js";
import { uriToFile } from "./workspace/uri.js";

/** The settings of the section `winrepo`, as editors send them. */
interface EditorSettings {
  readonly diagnostics?: { readonly enabled?: boolean };
}

// The composition root of the language server: one connection, one session.

const connection = createConnection(ProposedFeatures.all);
const texts = new TextDocuments(TextDocument);

connection.onInitialize((params) => {
  const { trusted = true } = (params.initializationOptions ?? {}) as ServerOptions;
  const session = new Session(foldersOf(params), loadProject, {
    publish: (uri, version, diagnostics) =>
      void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) }),
    rendered: (uri) => void connection.sendNotification(notifications.rendered.method, { uri }),
    classified: (uri, definition) =>
      void connection.sendNotification(notifications.classified.method, { uri, definition }),
    warn: (message) => connection.console.warn(message),
  });
  const selection = new SelectionState(session.projects);
  handleLanguageRequests(connection, session, selection);
  let actions: Promise<Actions> | undefined;
  handleCommands(connection, {
    actions: () => {
      actions ??= import("./commands/lazy-actions.js").then(({ createActions }) => createActions());
      return actions;
    },
    project: () => selection.actionProject,
    trusted,
  });

  texts.onDidChangeContent(({ document }) => {
    const { uri, languageId, version } = document;
    session.changed({ uri, languageId, version, text: document.getText() });
  });
  connection.onDidChangeConfiguration(({ settings }: { settings?: { winrepo?: EditorSettings } }) =>
    session.showProblems(settings?.winrepo?.diagnostics?.enabled !== false),
  );
  texts.onDidClose(({ document }) => session.closed(document.uri));
  connection.onDidChangeWatchedFiles(({ changes }) => session.filesChanged(changes));
  connection.onInitialized(() => {
    void watchFiles(params);
    if (params.capabilities.workspace?.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(async () => {
        const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
        session.setFolders(folders.flatMap(({ uri }) => uriToFile(uri) ?? []));
      });
    session.scan();
  });
  connection.onShutdown(() => session.dispose());
  return capabilities();
});
texts.listen(connection);
connection.listen();

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
async function watchFiles({ capabilities }: InitializeParams): Promise<void> {
  if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    // Definitions, the project file, and the helpers that definitions import.
    watchers: ["**/*.sls", "**/.winrepo.yaml", "**/*.{jinja,j2,yaml,yml,json,txt}"].map((globPattern) => ({
      globPattern,
    })),
  });
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => uriToFile(uri) ?? []);
}
