import path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import {
  type CommandOutcome,
  type NotificationOf,
  notifications,
  type RequestOf,
  type ServerOptions,
} from "../server/protocol.js";

/**
 * The documents that the server looks at: ours by language, and every `.sls` whichever extension owns it. The server
 * itself decides which of them are package definitions or settings, and says nothing about the others.
 */
const documentSelector = [
  { language: "winrepo" },
  { scheme: "file", pattern: "**/*.sls" },
  { scheme: "file", pattern: "**/.winrepo.yaml" },
  // What definitions import.
  { scheme: "file", pattern: "**/*.{jinja,jinja2,j2}" },
  // Salt's own configuration; the project file can name any YAML file as such.
  { scheme: "file", pattern: "**/{minion,master}" },
  { scheme: "file", pattern: "**/{minion,master,conf}.d/*.conf" },
  { scheme: "file", language: "yaml" },
];

/** The running language server, with the typed requests of protocol.ts. */
export class WinrepoClient {
  readonly output: vscode.LogOutputChannel;
  readonly #client: LanguageClient;

  constructor(extensionPath: string) {
    this.output = vscode.window.createOutputChannel("Winrepo", { log: true });
    const module = path.join(extensionPath, "dist/server.cjs");
    const { classified, rendered, selection } = notifications;
    const initializationOptions = (): ServerOptions => ({
      trusted: vscode.workspace.isTrusted,
      notifications: [classified, rendered, selection].map(({ method }) => method),
      editorCommands: ["editor.action.triggerSuggest"],
    });
    const options: LanguageClientOptions = {
      documentSelector,
      initializationOptions,
      outputChannel: this.output,
      synchronize: { configurationSection: "winrepo" },
    };
    this.#client = new LanguageClient(
      "winrepo",
      "Winrepo",
      {
        run: { module, transport: TransportKind.ipc },
        debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6019"] } },
      },
      options,
    );
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  async stop(): Promise<void> {
    await this.#client.dispose();
    this.output.dispose();
  }

  restart(): Promise<void> {
    return this.#client.restart();
  }

  request<Params, Result>(
    type: RequestOf<Params, Result>,
    params: Params,
    token?: vscode.CancellationToken,
  ): Promise<Result> {
    // A token that is undefined would count as a second parameter.
    return token
      ? this.#client.sendRequest<Result>(type.method, params, token)
      : this.#client.sendRequest<Result>(type.method, params);
  }

  notify<Params>(type: NotificationOf<Params>, params: Params): void {
    void this.#client.sendNotification(type.method, params);
  }

  on<Params>(type: NotificationOf<Params>, handler: (params: Params) => void): vscode.Disposable {
    return this.#client.onNotification(type.method, handler);
  }

  /** Runs a server command. The server shows the progress and lets the person cancel it. */
  execute(command: string, argument: object): Promise<CommandOutcome> {
    return this.#client.sendRequest<CommandOutcome>("workspace/executeCommand", { command, arguments: [argument] });
  }
}
