import type { LineTable } from "../../lines.js";
import type { Finding, Fix } from "../../lint/finding.js";
import type { Severity } from "../../problem.js";
import { withoutSecrets } from "../../secrets.js";
import type { FixedFile } from "./fix-files.js";

/** What a lint run found, ready to be printed in any format. */
export interface LintReport {
  readonly files: number;
  /** In the order of the files, then of the text. `file` is the path to show. */
  readonly findings: readonly Finding[];
  /** Findings that were left out because they are hints, or known to the baseline. */
  readonly hiddenHints: number;
  readonly baselined: number;
  /** Files that are states, pillar data or the like, and no definitions. */
  readonly skipped: number;
  /** Files that were changed. */
  readonly fixed: readonly FixedFile[];
  /** Whether those changes were only shown. */
  readonly isTrial: boolean;
  /** Of a file that was looked at, by the path to show. */
  lines(file: string): LineTable | undefined;
}

export function countSeverity(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** How many changes were made, or would be. */
export function countChanges({ fixed }: LintReport): number {
  return fixed.reduce((sum, { changes }) => sum + changes.length, 0);
}

/** A fix whose text holds a secret cannot be shown, and with `***` in its place it would damage the file. */
export function isShowable(fix: Fix): boolean {
  return fix.edits.every(({ newText }) => withoutSecrets(newText) === newText);
}
