import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ClientCapabilities, Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol/node";
import { createProtocolConnection, type ProtocolConnection } from "vscode-languageserver-protocol/node";
import { strictStreams } from "./strict-streams.js";

const root = path.resolve(import.meta.dirname, "../..");
/** A test that forgets its server does not keep it. */
const lifetimeMs = 120_000;

/** An editor that can do what VS Code can, as far as the server asks. */
export const ableClient: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      isPreferredSupport: true,
    },
    rename: { prepareSupport: true },
  },
};

export interface StartOptions {
  /** The workspace's folders. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: object;
  readonly env?: NodeJS.ProcessEnv;
  readonly capabilities?: ClientCapabilities;
  /** Program and arguments; `winrepo lsp --stdio` by default. */
  readonly command?: readonly [string, ...string[]];
}

/** A language server as a real process, spoken to as an editor does. */
export class LspProcess {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly exited: Promise<number | null>;
  readonly process: ChildProcess;
  /** Where the server's messages are not as the protocol has them. */
  readonly violations: readonly string[];
  readonly #listeners = new Set<(params: PublishDiagnosticsParams) => void>();

  constructor({ command = [process.execPath, path.join(root, "dist/cli.mjs"), "lsp", "--stdio"], env }: StartOptions) {
    const [program, ...args] = command;
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env: env ?? process.env });
    this.process = child;
    const timer = setTimeout(() => child.kill("SIGKILL"), lifetimeMs);
    this.exited = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
    const { reader, writer, violations } = strictStreams(
      child.stdout as NodeJS.ReadableStream,
      child.stdin as NodeJS.WritableStream,
    );
    this.violations = violations;
    this.connection = createProtocolConnection(reader, writer);
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const listener of [...this.#listeners]) listener(params);
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.listen();
  }

  /** A server that has been initialized. */
  static async start(options: StartOptions = {}): Promise<LspProcess> {
    const server = new LspProcess(options);
    const folders = (options.folders ?? []).map((folder) => ({
      uri: pathToFileURL(folder).href,
      name: path.basename(folder),
    }));
    await server.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: options.capabilities ?? ableClient,
      initializationOptions: options.initializationOptions,
    });
    await server.connection.sendNotification("initialized", {});
    return server;
  }

  open(uri: string, text: string, languageId = "winrepo"): void {
    const textDocument = { uri, languageId, version: 1, text };
    void this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces the whole text. */
  change(uri: string, version: number, text: string): void {
    const textDocument = { uri, version };
    void this.connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
  }

  /** The diagnostics of that version, or of the first that satisfy a condition. */
  async diagnostics(
    uri: string,
    version: number | undefined,
    wanted: (diagnostics: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.published.findLast(
        (params) => params.uri === uri && params.version === version && wanted(params.diagnostics),
      );
      if (found) return found.diagnostics;
      await new Promise<void>((resolve) => {
        const subscription = this.onPublished(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  onPublished(listener: (params: PublishDiagnosticsParams) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** shutdown, exit; the process's exit code. @throws Error when the server did not keep to the protocol */
  async stop(): Promise<number | null> {
    if (this.violations.length > 0) throw new Error(`Against the protocol:\n${this.violations.join("\n")}`);
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    return this.exited;
  }
}
