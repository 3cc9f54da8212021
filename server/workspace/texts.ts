import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { OpenText } from "./documents.js";

/** The texts that are open in the editor, kept up to date change by change. */
export class Texts {
  readonly #texts = new Map<string, TextDocument>();

  open({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): OpenText {
    return this.#keep(TextDocument.create(uri, languageId, version, text));
  }

  /** Undefined for a text that was never opened. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): OpenText | undefined {
    const text = this.#texts.get(textDocument.uri);
    return text && this.#keep(TextDocument.update(text, contentChanges, textDocument.version));
  }

  close({ textDocument }: DidCloseTextDocumentParams): void {
    this.#texts.delete(textDocument.uri);
  }

  #keep(text: TextDocument): OpenText {
    const { uri, languageId, version } = text;
    this.#texts.set(uri, text);
    return { uri, languageId, version, text: text.getText() };
  }
}
