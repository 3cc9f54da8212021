import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  TextDocuments,
  WatchKind,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Session } from "../session.js";
import type { FileWatcher } from "../workspace/workspace.js";

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
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) =>
    session.changeFolders(
      added.map(({ uri }) => uri),
      removed.map(({ uri }) => uri),
    ),
  );
  connection.onDidChangeConfiguration(({ settings }: { readonly settings?: { readonly winrepo?: EditorSettings } }) =>
    session.showProblems(settings?.winrepo?.diagnostics?.enabled !== false),
  );
}

const kinds = {
  [FileChangeType.Created]: "created",
  [FileChangeType.Changed]: "changed",
  [FileChangeType.Deleted]: "deleted",
} as const;

/** The editor's own watcher. One that cannot watch for us still gets everything but changes behind its back. */
export function editorWatcher(connection: Connection, { workspace }: ClientCapabilities): FileWatcher {
  return {
    watch(changed) {
      connection.onDidChangeWatchedFiles(({ changes }) =>
        changed(changes.map(({ uri, type }) => ({ uri, kind: kinds[type] }))),
      );
      if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
      // Definitions, the project file, and the helpers that definitions import. Of a folder that is deleted there may be
      // no other word than that.
      const globs = ["**/*.sls", "**/.winrepo.yaml", "**/*.{jinja,j2,yaml,yml,json,txt}"];
      const watchers = [
        ...globs.map((globPattern) => ({ globPattern })),
        { globPattern: "**/*", kind: WatchKind.Delete },
      ];
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    },
  };
}
