/**
 * The numbers and words of LSP that we use. The types come from vscode-languageserver-types; its values would bring
 * 28 kB of code along that nobody calls.
 */
export const DiagnosticSeverity = { Error: 1, Warning: 2, Information: 3, Hint: 4 } as const;

export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 } as const;

export const MarkupKind = { PlainText: "plaintext", Markdown: "markdown" } as const;

export const CodeActionKind = { QuickFix: "quickfix", SourceFixAll: "source.fixAll" } as const;

export const CompletionItemKind = {
  Function: 3,
  Field: 5,
  Variable: 6,
  Module: 9,
  Property: 10,
  Value: 12,
  Keyword: 14,
  Snippet: 15,
  EnumMember: 20,
  Constant: 21,
} as const;

export const InsertTextFormat = { PlainText: 1, Snippet: 2 } as const;

export const SymbolKind = { Package: 4, Field: 8 } as const;

export const DocumentHighlightKind = { Read: 2, Write: 3 } as const;

export const TextDocumentSyncKind = { Incremental: 2 } as const;

/** Error codes beyond JSON-RPC's own. */
export const LSPErrorCodes = { RequestFailed: -32803, RequestCancelled: -32800 } as const;
