import * as vscode from "vscode";
import { notifications } from "../../server/protocol.js";
import type { LanguageAssignment } from "../language-assignment.js";
import type { WinrepoClient } from "../server.js";
import { PreviewPanel } from "./panel.js";

/** The open previews, one for each definition. */
export class PreviewPanels implements vscode.Disposable {
  readonly #panels = new Map<string, PreviewPanel>();
  readonly #server: WinrepoClient;
  readonly #extension: vscode.Uri;
  readonly #definitions: LanguageAssignment;
  readonly #subscriptions: vscode.Disposable[];

  constructor(server: WinrepoClient, extension: vscode.Uri, definitions: LanguageAssignment) {
    this.#server = server;
    this.#extension = extension;
    this.#definitions = definitions;
    this.#subscriptions = [
      server.on(notifications.rendered, ({ uri }) => this.#find(vscode.Uri.parse(uri))?.update()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) =>
        this.#find(textEditor.document.uri)?.follow(textEditor),
      ),
    ];
  }

  async open(editor: vscode.TextEditor | undefined): Promise<void> {
    if (!editor || !this.#definitions.isDefinition(editor.document))
      throw new Error("open a package definition first; what is open does not look like one");
    const key = editor.document.uri.toString();
    const existing = this.#panels.get(key);
    if (existing) {
      existing.reveal();
      return;
    }
    const panel = new PreviewPanel(this.#server, this.#extension, editor);
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
  }

  #find(uri: vscode.Uri): PreviewPanel | undefined {
    return this.#panels.get(uri.toString());
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
