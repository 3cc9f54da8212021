import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import type { LineTable } from "../../../engine/lines.js";
import type { Finding } from "../../../engine/lint/finding.js";
import { compatibleFixes } from "../../../engine/lint/fix.js";
import type { ClientFeatures } from "../client-features.js";
import { type OffsetEdit, workspaceEdit } from "../edits.js";
import type { CodeActionRequest } from "../language-service.js";
import { diagnosticsOf, touches } from "../problem-diagnostics.js";
import type { DefinitionDocument } from "./document.js";

/** `source.fixAll` for our rules alone, for `editor.codeActionsOnSave`. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.winrepo`;

/**
 * What can be done about the findings at a place: the safe fix first, then the changes that need a choice, then the off
 * switches. Asked for `source.fixAll`, every safe fix of the file at once.
 * @param findings of exactly this state of the document
 */
export function codeActions(
  document: DefinitionDocument,
  findings: readonly Finding[],
  request: CodeActionRequest,
  client: ClientFeatures,
): CodeAction[] {
  if (!client.codeActionLiterals) return [];
  const wants = (kind: string) =>
    request.only?.some((asked) => kind === asked || kind.startsWith(`${asked}.`)) ?? kind === CodeActionKind.QuickFix;
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const here = findings.filter(({ range }) => touches(range, request.range));
    const quickFix: MakeQuickFix = (finding, title, edits) => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(finding, document.lines, request.diagnostics),
      edit: workspaceEdit(document, edits, client),
    });
    for (const finding of here) actions.push(...fixesOf(finding, findings, quickFix, client));
    const silenced = here.filter(({ rejected }) => !rejected);
    for (const finding of oncePerCode(silenced)) actions.push(...offSwitches(document, finding, quickFix));
  }
  if (request.only && wants(fixAllKind)) {
    const edits = compatibleFixes(findings).flatMap((fix) => fix.edits);
    if (edits.length > 0)
      actions.push({
        title: "Fix all winrepo problems",
        kind: fixAllKind,
        edit: workspaceEdit(document, edits, client),
      });
  }
  return actions;
}

type MakeQuickFix = (finding: Finding, title: string, edits: readonly OffsetEdit[]) => CodeAction;

function fixesOf(
  finding: Finding,
  all: readonly Finding[],
  quickFix: MakeQuickFix,
  client: ClientFeatures,
): CodeAction[] {
  const { code, fix, suggestions } = finding;
  const actions = suggestions.map(({ title, edits }) => quickFix(finding, title, edits));
  if (!fix) return actions;
  actions.unshift({
    ...quickFix(finding, fix.title, fix.edits),
    ...(client.preferredActions && { isPreferred: true }),
  });
  const alike = compatibleFixes(all.filter((other) => other.code === code));
  if (alike.length > 1) {
    const edits = alike.flatMap((each) => each.edits);
    actions.push(quickFix(finding, `Fix all ${alike.length} problems of ${code} in this file`, edits));
  }
  return actions;
}

function offSwitches(document: DefinitionDocument, finding: Finding, quickFix: MakeQuickFix): CodeAction[] {
  const { code, range } = finding;
  const lineEdit = disableLine(document, document.lines.lineAt(range.start), code);
  return [
    ...(lineEdit ? [quickFix(finding, `Disable ${code} for this line`, [lineEdit])] : []),
    quickFix(finding, `Disable ${code} for this file`, [disableFile(document, code)]),
  ];
}

function disableFile({ lines }: DefinitionDocument, code: string): OffsetEdit {
  const comment = `# winrepo-lint: disable-file ${code}`;
  // The line that names the renderers must stay the first.
  if (!/^\ufeff?#!/.test(lines.text)) return insertion(0, `${comment}\n`);
  return lines.lineCount > 1
    ? insertion(lines.startOf(1), `${comment}\n`)
    : insertion(lines.text.length, `\n${comment}`);
}

/** Undefined where no comment can stand above the line: within a Jinja tag or a block of text. */
function disableLine({ lines, template }: DefinitionDocument, line: number, code: string): OffsetEdit | undefined {
  const above = line > 0 ? lines.lineText(line - 1) : "";
  if (/^\s*#.*winrepo-lint:\s*disable-next-line\b/.test(above))
    return insertion(lines.startOf(line - 1) + above.trimEnd().length, ` ${code}`);
  const start = lines.startOf(line);
  if (template.placeAt(start).kind !== "text" || inBlockScalar(lines, line)) return undefined;
  const indent = /^\ufeff?([ \t]*)/.exec(lines.lineText(line))?.[1] ?? "";
  return insertion(start, `${indent}# winrepo-lint: disable-next-line ${code}\n`);
}

function insertion(at: number, newText: string): OffsetEdit {
  return { range: { start: at, end: at }, newText };
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

function oncePerCode(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.range.start}`, finding])).values()];
}
