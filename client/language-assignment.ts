import * as vscode from "vscode";
import { notifications } from "../server/protocol.js";
import type { WinrepoClient } from "./server.js";

/**
 * Knows which open documents are package definitions (the server says so, by their content) and gives those that no
 * other extension has claimed the language `winrepo`. A document that another extension owns keeps its language: the
 * features work there all the same.
 */
export class LanguageAssignment implements vscode.Disposable {
  readonly #definitions = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** Fires when the set of definitions or the active editor changes. */
  readonly onDidChange = this.#changed.event;

  constructor(server: WinrepoClient) {
    this.#subscriptions = [
      this.#changed,
      server.on(
        notifications.classified,
        ({ uri, definition }) => void this.#classify(vscode.Uri.parse(uri), definition),
      ),
      vscode.workspace.onDidCloseTextDocument((document) => this.#definitions.delete(document.uri.toString())),
      vscode.window.onDidChangeActiveTextEditor(() => this.#refresh()),
    ];
  }

  isDefinition(document: vscode.TextDocument | undefined): document is vscode.TextDocument {
    return document !== undefined && this.#definitions.has(document.uri.toString());
  }

  async #classify(uri: vscode.Uri, definition: boolean): Promise<void> {
    const key = uri.toString();
    if (definition) this.#definitions.add(key);
    else this.#definitions.delete(key);
    this.#refresh();
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === key);
    if (definition && document?.languageId === "plaintext")
      await vscode.languages.setTextDocumentLanguage(document, "winrepo");
  }

  #refresh(): void {
    const active = this.isDefinition(vscode.window.activeTextEditor?.document);
    void vscode.commands.executeCommand("setContext", "winrepo.isDefinition", active);
    this.#changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
