import type { LineTable } from "../lines.js";
import type { Finding } from "./finding.js";

/** A known finding: which rule, in which file, on a line with which text. Line numbers are left out: they move. */
export interface BaselineEntry {
  readonly file: string;
  readonly code: string;
  readonly line: string;
  /** How many such findings there are. */
  readonly count: number;
}

interface BaselineFile {
  readonly version: 1;
  readonly findings: readonly BaselineEntry[];
}

/** The baseline file cannot be used; the message says why. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
}

/** Findings that a repository has had before it had a linter, and that are not to be reported. */
export class Baseline {
  readonly #left = new Map<string, number>();

  private constructor(readonly entries: readonly BaselineEntry[]) {
    for (const { file, code, line, count } of entries) this.#left.set(keyOf(file, code, line), count);
  }

  static readonly empty = new Baseline([]);

  /** @throws BaselineError */
  static parse(text: string): Baseline {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch (error) {
      throw new BaselineError(`it is no JSON: ${(error as Error).message}`);
    }
    if (!isBaseline(data)) throw new BaselineError("it is no baseline of this linter; write it anew");
    return new Baseline(data.findings);
  }

  /** The findings that the baseline does not know. Each entry covers as many findings as it counts. */
  unknown(findings: readonly Finding[], lines: LineTable): Finding[] {
    const left = new Map(this.#left);
    return findings.filter((finding) => {
      const key = keyOf(finding.file, finding.code, lineOf(finding, lines));
      const count = left.get(key) ?? 0;
      if (count > 0) left.set(key, count - 1);
      return count === 0;
    });
  }
}

/**
 * The text of a baseline file that knows these findings.
 * @param kept what an earlier baseline knows and was not looked at now
 */
export function writeBaseline(
  findings: Iterable<readonly [Finding, LineTable]>,
  kept: readonly BaselineEntry[] = [],
): string {
  const entries = new Map(kept.map((entry) => [keyOf(entry.file, entry.code, entry.line), entry]));
  for (const [finding, lines] of findings) {
    const { file, code } = finding;
    const line = lineOf(finding, lines);
    const key = keyOf(file, code, line);
    entries.set(key, { file, code, line, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...entries.keys()].sort().map((key) => entries.get(key));
  return `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`;
}

function lineOf({ range }: Finding, lines: LineTable): string {
  return lines.lineText(lines.lineAt(range.start)).trim();
}

function keyOf(file: string, code: string, line: string): string {
  return `${file}\n${code}\n${line}`;
}

function isBaseline(data: unknown): data is BaselineFile {
  const file = data as Partial<BaselineFile> | null;
  return (
    file?.version === 1 &&
    Array.isArray(file.findings) &&
    file.findings.every(
      (entry) =>
        typeof entry?.file === "string" &&
        typeof entry.code === "string" &&
        typeof entry.line === "string" &&
        typeof entry.count === "number",
    )
  );
}
