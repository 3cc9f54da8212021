import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { loadProject } from "../engine/config/project-loader.js";
import { openRenderHost } from "../engine/workers/open-host.js";
import { serverCapabilities } from "./capabilities.js";
import type { Actions } from "./commands/actions.js";
import { handleCommands } from "./commands/execute-command.js";
import { handleLanguageRequests, handleOwnRequests } from "./handlers.js";
import { clientFeatures } from "./languages/client-features.js";
import { type NotificationOf, notifications, type ServerOptions } from "./protocol.js";
import { LanguageServices } from "./services.js";
import { Session } from "./session.js";
import { connectToEditor } from "./transport/connection.js";
import { editorWatcher, handleWorkspace } from "./transport/workspace-events.js";
import { diskFiles } from "./workspace/disk-files.js";
import { SelectionState } from "./workspace/selection.js";
import { systemClock } from "./workspace/system-clock.js";

// The composition root of the language server: one connection, one session.

const connection = connectToEditor();
connection.onInitialize((params) => {
  start(connection, params);
  return serverCapabilities(params.capabilities);
});
connection.listen();

function start(connection: Connection, params: InitializeParams): void {
  const options = (params.initializationOptions ?? {}) as ServerOptions;
  const notify = notifier(connection, options);
  const client = clientFeatures(params.capabilities, options.editorCommands);
  const { versionSupport = false } = params.capabilities.textDocument?.publishDiagnostics ?? {};
  const session = new Session({
    folders: foldersOf(params),
    load: loadProject,
    client,
    workspace: {
      files: diskFiles,
      clock: systemClock,
      watcher: editorWatcher(connection, params.capabilities),
      renderHost: openRenderHost(),
    },
    output: {
      publish: (uri, version, diagnostics) =>
        void connection.sendDiagnostics({
          uri,
          diagnostics,
          ...(versionSupport && version !== undefined && { version }),
        }),
      rendered: (uri) => notify(notifications.rendered, { uri }),
      classified: (uri, definition) => notify(notifications.classified, { uri, definition }),
      warn: (message) => connection.console.warn(message),
    },
  });
  const selection = new SelectionState(session.projects);
  handleLanguageRequests(connection, new LanguageServices(session, selection, client));
  handleOwnRequests(connection, session, selection, (current) => notify(notifications.selection, current));
  let actions: Promise<Actions> | undefined;
  handleCommands(connection, {
    actions: () => {
      actions ??= import("./commands/lazy-actions.js").then(({ createActions }) => createActions());
      return actions;
    },
    project: () => selection.actionProject,
    trusted: options.trusted ?? true,
  });
  handleWorkspace(connection, session);
  connection.onInitialized(() => session.start());
  connection.onShutdown(() => session.dispose());
}

/** Sends notifications beyond LSP to editors that asked for them: others would log each as unknown. */
function notifier(connection: Connection, { notifications = [] }: ServerOptions) {
  const wanted = new Set(notifications);
  return <Params>({ method }: NotificationOf<Params>, params: Params): void => {
    if (wanted.has(method)) void connection.sendNotification(method, params);
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
}
