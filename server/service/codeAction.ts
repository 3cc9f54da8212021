import type { CodeAction, Diagnostic, TextEdit } from "vscode-languageserver-types";
import type { LineTable } from "../../engine/lines.js";
import type { Finding, Fix } from "../../engine/lint/finding.js";
import { compatibleFixes } from "../../engine/lint/fix.js";
import type { Problem, Span } from "../../engine/problem.js";
import { diagnosticSource } from "./diagnostics.js";
import type { DefinitionDocument } from "./document.js";
import { jinjaAt } from "./jinjaContext.js";
import { CodeActionKind } from "./lsp.js";

/** `source.fixAll` for our rules alone, for `editor.codeActionsOnSave`. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.winrepo`;

export interface CodeActionRequest {
  readonly range: Span;
  /** What the editor asks for; everything when absent. */
  readonly only?: readonly string[];
  /** The diagnostics that the editor shows there. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What an edit needs to know of the document that it changes. */
export type EditedDocument = Pick<DefinitionDocument, "uri" | "version" | "lines">;

/**
 * What can be done about the findings at a place: the safe fix first, then the changes that need a choice, then the off
 * switches. Asked for `source.fixAll`, every safe fix of the file at once.
 * @param findings of exactly this state of the document
 */
export function codeActions(
  document: DefinitionDocument,
  findings: readonly Finding[],
  request: CodeActionRequest,
): CodeAction[] {
  const wants = (kind: string) =>
    request.only?.some((asked) => kind === asked || kind.startsWith(`${asked}.`)) ?? kind === CodeActionKind.QuickFix;
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const here = findings.filter(({ range }) => touches(range, request.range));
    for (const finding of here) actions.push(...fixesOf(document, finding, findings, request.diagnostics));
    for (const finding of oncePerCode(here)) actions.push(...offSwitches(document, finding, request.diagnostics));
  }
  if (request.only && wants(fixAllKind)) {
    const edits = compatibleFixes(findings).flatMap((fix) => fix.edits);
    if (edits.length > 0)
      actions.push({ title: "Fix all winrepo problems", kind: fixAllKind, edit: workspaceEdit(document, edits) });
  }
  return actions;
}

function fixesOf(
  document: DefinitionDocument,
  finding: Finding,
  all: readonly Finding[],
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  const shown = diagnosticsOf(finding, document.lines, diagnostics);
  const action = (fix: Fix, isPreferred: boolean): CodeAction => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: shown,
    edit: workspaceEdit(document, fix.edits),
    ...(isPreferred && { isPreferred }),
  });
  const actions = finding.suggestions.map((suggestion) => action(suggestion, false));
  if (!finding.fix) return actions;
  actions.unshift(action(finding.fix, true));
  const alike = compatibleFixes(all.filter(({ code }) => code === finding.code));
  if (alike.length > 1)
    actions.push({
      title: `Fix all ${alike.length} problems of ${finding.code} in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: shown,
      edit: workspaceEdit(
        document,
        alike.flatMap((fix) => fix.edits),
      ),
    });
  return actions;
}

function offSwitches(document: DefinitionDocument, finding: Finding, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const { lines } = document;
  const line = lines.lineAt(finding.range.start);
  const action = (title: string, edit: TextEdit): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(finding, lines, diagnostics),
    edit: { documentChanges: [{ textDocument: identify(document), edits: [edit] }] },
  });
  const actions: CodeAction[] = [];
  const lineEdit = disableLine(document, line, finding.code);
  if (lineEdit) actions.push(action(`Disable ${finding.code} for this line`, lineEdit));
  // The line that names the renderers must stay the first.
  const top = lines.lineText(0).startsWith("#!") ? 1 : 0;
  actions.push(
    action(`Disable ${finding.code} for this file`, {
      range: { start: { line: top, character: 0 }, end: { line: top, character: 0 } },
      newText: `# winrepo-lint: disable-file ${finding.code}\n`,
    }),
  );
  return actions;
}

/** Undefined where no comment can stand above the line: within a Jinja tag or a block of text. */
function disableLine(document: DefinitionDocument, line: number, code: string): TextEdit | undefined {
  const { lines, text } = document;
  const above = line > 0 ? lines.lineText(line - 1) : "";
  if (/^\s*#.*winrepo-lint:\s*disable-next-line\b/.test(above)) {
    const end = { line: line - 1, character: above.trimEnd().length };
    return { range: { start: end, end }, newText: ` ${code}` };
  }
  if (jinjaAt(text, lines.startOf(line)) || inBlockScalar(lines, line)) return undefined;
  const indent = /^\s*/.exec(lines.lineText(line))?.[0] ?? "";
  const start = { line, character: 0 };
  return { range: { start, end: start }, newText: `${indent}# winrepo-lint: disable-next-line ${code}\n` };
}

function inBlockScalar(lines: LineTable, line: number): boolean {
  const indent = indentOf(lines.lineText(line));
  for (let above = line - 1; above >= 0; above--) {
    const text = lines.lineText(above);
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    return /[:-]\s+[|>][-+\d]*\s*$/.test(text);
  }
  return false;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Those of the editor's diagnostics that show a problem. */
export function diagnosticsOf(
  problem: Pick<Problem, "code" | "range">,
  lines: LineTable,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const start = lines.position(problem.range.start);
  return diagnostics.filter(
    ({ source, code, range }) =>
      source === diagnosticSource &&
      code === problem.code &&
      range.start.line === start.line &&
      range.start.character === start.character,
  );
}

function oncePerCode(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.range.start}`, finding])).values()];
}

export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Bound to the version: an editor refuses it when the text has moved on. */
export function workspaceEdit(document: EditedDocument, edits: Fix["edits"]): NonNullable<CodeAction["edit"]> {
  return {
    documentChanges: [
      {
        textDocument: identify(document),
        edits: edits.map(({ range, newText }) => ({ range: document.lines.range(range), newText })),
      },
    ],
  };
}

function identify({ uri, version }: Pick<EditedDocument, "uri" | "version">): { uri: string; version: number | null } {
  return { uri, version: version ?? null };
}
