import path from "node:path";
import * as vscode from "vscode";
import { type Preview, type Range, requests } from "../../server/protocol.js";
import type { WinrepoClient } from "../server.js";
import { previewHtml } from "./html.js";
import type { FromWebview, ToWebview } from "./messages.js";

/** Shows what Salt makes of one definition, beside its source; both sides follow each other. */
export class PreviewPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #server: WinrepoClient;
  readonly #uri: vscode.Uri;
  readonly #sourceColumn: vscode.ViewColumn | undefined;
  #profile: string | undefined;
  #shown: Preview | undefined;
  /** Counts the requests on their way, so that only the newest answer is shown. */
  #updates = 0;
  #follows = 0;

  constructor(server: WinrepoClient, extension: vscode.Uri, editor: vscode.TextEditor) {
    this.#server = server;
    this.#uri = editor.document.uri;
    this.#sourceColumn = editor.viewColumn;
    const assets = vscode.Uri.joinPath(extension, "dist");
    this.#panel = vscode.window.createWebviewPanel(
      "winrepo.preview",
      `Preview ${path.posix.basename(this.#uri.path)}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true, localResourceRoots: [assets] },
    );
    this.#panel.webview.onDidReceiveMessage((message: FromWebview) => void this.#receive(message));
    this.#panel.webview.html = previewHtml(this.#panel.webview, assets);
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Renders anew; a newer call overtakes an older one. */
  async update(): Promise<void> {
    const ticket = ++this.#updates;
    try {
      const preview = await this.#server.request(requests.preview, {
        uri: this.#uri.toString(),
        ...(this.#profile === undefined ? {} : { profile: this.#profile }),
      });
      if (ticket !== this.#updates) return;
      if (!preview) {
        this.#post({ kind: "failed", message: "This file is no longer a package definition." });
        return;
      }
      this.#shown = preview;
      this.#profile = preview.profile;
      this.#post({ kind: "preview", preview });
      // New lines carry no mark yet.
      const editor = this.#sourceEditor;
      if (editor) await this.follow(editor);
    } catch (error) {
      if (ticket === this.#updates) this.#post({ kind: "failed", message: String(error) });
    }
  }

  /** Marks what the selection in the source made. */
  async follow(editor: vscode.TextEditor): Promise<void> {
    if (!this.#shown) return;
    const ticket = ++this.#follows;
    const { start, end } = editor.selection;
    const lines = await this.#server.request(requests.mapToRendered, {
      uri: this.#uri.toString(),
      profile: this.#shown.profile,
      range: {
        start: { line: start.line, character: start.character },
        end: { line: end.line, character: end.character },
      },
    });
    if (ticket === this.#follows) this.#post({ kind: "highlight", lines });
  }

  async #receive(message: FromWebview): Promise<void> {
    switch (message.kind) {
      case "ready":
        return this.update();
      case "profile":
        this.#profile = message.name;
        return this.update();
      case "line": {
        if (!this.#shown) return;
        const range = await this.#server.request(requests.mapToSource, {
          uri: this.#uri.toString(),
          profile: this.#shown.profile,
          line: message.line,
        });
        return range ? this.#showSource(range) : undefined;
      }
      case "problem": {
        const problem = this.#shown?.problems[message.index];
        return problem ? this.#showSource(problem.range) : undefined;
      }
    }
  }

  async #showSource({ start, end }: Range): Promise<void> {
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(this.#uri, {
      viewColumn: this.#sourceEditor?.viewColumn ?? this.#sourceColumn ?? vscode.ViewColumn.One,
      selection,
    });
  }

  get #sourceEditor(): vscode.TextEditor | undefined {
    const uri = this.#uri.toString();
    return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  }

  #post(message: ToWebview): void {
    void this.#panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#panel.dispose();
  }
}
