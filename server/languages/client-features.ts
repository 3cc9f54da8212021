import type { ClientCapabilities } from "vscode-languageserver-protocol";
import { InsertTextMode, type MarkupContent } from "vscode-languageserver-types";

/** What the editor can take of an answer. An input of every feature: none sends what the editor did not say it knows. */
export interface ClientFeatures {
  /** Completion items may be snippets. */
  readonly snippets: boolean;
  /** The text of an item may ask to be inserted as it is, its indentation not adjusted. */
  readonly insertAsIs: boolean;
  readonly hoverMarkdown: boolean;
  readonly completionMarkdown: boolean;
  /** Symbols may have children; else they come as a flat list. */
  readonly hierarchicalSymbols: boolean;
  /** Edits may be bound to a document's version. */
  readonly documentChanges: boolean;
  /** Code actions may be edits; an editor without takes commands alone, of which we have none. */
  readonly codeActionLiterals: boolean;
  /** A code action may say that it is the one to take. */
  readonly preferredActions: boolean;
  readonly relatedInformation: boolean;
  /** The tags (unnecessary, deprecated) that the editor shows. */
  readonly diagnosticTags: readonly number[];
  /** Commands of the editor itself that an item may ask it to run, e.g. `editor.action.triggerSuggest`. */
  readonly commands: ReadonlySet<string>;
}

/**
 * @param commands the editor's own commands that we may name: LSP has no capability for them, so an editor tells them in
 * its initialization options
 */
export function clientFeatures(
  { textDocument, workspace }: ClientCapabilities,
  commands: readonly string[] = [],
): ClientFeatures {
  const item = textDocument?.completion?.completionItem;
  return {
    snippets: item?.snippetSupport ?? false,
    insertAsIs: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) ?? false,
    hoverMarkdown: textDocument?.hover?.contentFormat?.includes("markdown") ?? false,
    completionMarkdown: item?.documentationFormat?.includes("markdown") ?? false,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    preferredActions: textDocument?.codeAction?.isPreferredSupport ?? false,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation ?? false,
    diagnosticTags: textDocument?.publishDiagnostics?.tagSupport?.valueSet ?? [],
    commands: new Set(commands),
  };
}

/** Markdown for an editor that shows it, else the same as plain text. */
export function markup(markdown: string, isSupported: boolean): MarkupContent {
  return isSupported ? { kind: "markdown", value: markdown } : { kind: "plaintext", value: plainText(markdown) };
}

/** What we write in Markdown, without its marks: emphasis, code, links and headings. */
function plainText(markdown: string): string {
  return markdown
    .split(/(`+)([\s\S]+?)\1(?!`)/)
    .map((part, index) => (index % 3 === 0 ? withoutMarks(part) : index % 3 === 2 ? part.trim() : ""))
    .join("");
}

function withoutMarks(text: string): string {
  return text
    .replace(/^#+ +/gm, "")
    .replace(/\[([^\]\n]*)\]\(([^)\s]*)\)/g, "$1 ($2)")
    .replace(/\*\*([^*\n]+)\*\*/g, "$1")
    .replace(/(?<![*\w])\*([^*\s][^*\n]*)\*(?![*\w])/g, "$1");
}
