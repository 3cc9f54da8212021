import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseDocument } from "yaml";

// The least that a language server for such files can do: it parses the text as YAML and publishes the errors. What it costs
// is the floor that the real server is compared with.

const connection = createConnection(
  ProposedFeatures.all,
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
documents.onDidChangeContent(({ document }) => {
  const { errors, warnings } = parseDocument(document.getText());
  const diagnostics = [...errors, ...warnings].map(({ pos: [start, end], message }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    message,
  }));
  void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
});
documents.listen(connection);
connection.listen();
