import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Session } from "../session.js";
import { uriToFile } from "../workspace/uri.js";

/** The settings of the section `winrepo`, as editors send them. */
interface EditorSettings {
  readonly diagnostics?: { readonly enabled?: boolean };
}

/** What the editor tells about texts, files, folders and settings. */
export function handleWorkspace(connection: Connection, session: Session): void {
  const texts = new TextDocuments(TextDocument);
  texts.onDidChangeContent(({ document }) => {
    const { uri, languageId, version } = document;
    session.changed({ uri, languageId, version, text: document.getText() });
  });
  texts.onDidClose(({ document }) => session.closed(document.uri));
  texts.listen(connection);
  connection.onDidChangeWatchedFiles(({ changes }) => session.filesChanged(changes));
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    const removed = new Set(event.removed.map(({ uri }) => uriToFile(uri)));
    const kept = session.projects.folders.filter((folder) => !removed.has(folder));
    session.setFolders([...kept, ...event.added.flatMap(({ uri }) => uriToFile(uri) ?? [])]);
  });
  connection.onDidChangeConfiguration(({ settings }: { readonly settings?: { readonly winrepo?: EditorSettings } }) =>
    session.showProblems(settings?.winrepo?.diagnostics?.enabled !== false),
  );
}

/** Asks the editor to watch; an editor that cannot still gets everything but changes behind its back. */
export function watchFiles(connection: Connection, { workspace }: ClientCapabilities): void {
  if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  // Definitions, the project file, and the helpers that definitions import.
  const globs = ["**/*.sls", "**/.winrepo.yaml", "**/*.{jinja,j2,yaml,yml,json,txt}"];
  const watchers = globs.map((globPattern) => ({ globPattern }));
  void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}
