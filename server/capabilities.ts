import { type ClientCapabilities, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver/node";
import { CodeActionKind } from "vscode-languageserver-types";
import { version } from "../package.json";
import { fixAllKind } from "./languages/definition/code-actions.js";
import { completionTriggers } from "./languages/definition/completion.js";
import { serverCommands } from "./protocol.js";

/** What the server offers to an editor that can do so much. */
export function serverCapabilities({ textDocument }: ClientCapabilities): InitializeResult {
  return {
    serverInfo: { name: "winrepo", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: completionTriggers },
      documentSymbolProvider: true,
      documentLinkProvider: {},
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      renameProvider: textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
      // An editor without literals would take nothing but commands for actions.
      ...(textDocument?.codeAction?.codeActionLiteralSupport && {
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      }),
      executeCommandProvider: { commands: Object.values(serverCommands), workDoneProgress: true },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
