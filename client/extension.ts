import * as vscode from "vscode";
import { notifications } from "../server/protocol.js";
import { registerCommands } from "./commands/register.js";
import { LanguageAssignment } from "./language-assignment.js";
import { PreviewPanels } from "./preview/panels.js";
import { WinrepoClient } from "./server.js";
import { Status } from "./status.js";

let client: WinrepoClient | undefined;

/** The composition root: everything is made here, with plain `new`. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = new WinrepoClient(context.extensionPath);
  client = server;
  const definitions = new LanguageAssignment(server);
  const previews = new PreviewPanels(server, context.extensionUri, definitions);
  const status = new Status(server, context.workspaceState, definitions);
  context.subscriptions.push(
    definitions,
    previews,
    status,
    registerCommands({ server, previews, status }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.notify(notifications.trusted, null)),
  );
  await server.start();
  await status.restore();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
