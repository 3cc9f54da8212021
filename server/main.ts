import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { loadProject, type NamedProject } from "../engine/config/project-loader.js";
import { isBelow } from "../engine/files/inside.js";
import { rememberSecretsIn } from "../engine/secrets.js";
import { projectFacts } from "../engine/state/project-facts.js";
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

rememberSecretsIn(process.env);
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
  // A client that says nothing is not trusted. What it trusts are its folders, not what lies above them.
  let trusted = options.trusted ?? false;
  const trusts = ({ root }: NamedProject) =>
    trusted && session.projects.folders.some((folder) => isBelow(folder, root));
  const load = (folder: string) => loadProject(folder, projectFacts({ env: process.env }, trusts));
  const session: Session = new Session({
    folders: foldersOf(params),
    load,
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
    isTrusted: () => {
      // The person may have said so at a terminal since the project was read.
      const { root, trusted: before } = session.projects.main.config;
      const { trusted: now } = load(root).config;
      if (now !== before) session.settingsChanged();
      return now;
    },
  });
  connection.onNotification(notifications.trusted.method, () => {
    trusted = true;
    session.settingsChanged();
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
