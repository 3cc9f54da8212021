import { describe, expect, it } from "vitest";
import { LineTable } from "../../engine/lines.js";
import type { Finding } from "../../engine/lint/finding.js";
import { lint } from "../../engine/lint/lint.js";
import { hasShared, sharedJson } from "../shared.js";
import { defaultOptions } from "./definitions.js";

interface Defect {
  readonly id: string;
  readonly rule: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Matters of taste or of facts that no file tells: hints at most. */
const advice = new Set([
  "value-outer-whitespace",
  "version!=installer-filename-version",
  "version!=full_name-version",
  "url-double-slash",
]);

/** The codes that say what a defect is; each names the same mistake. */
const codes: Readonly<Record<string, RegExp>> = {
  "version-not-string": /^version-not-string$/,
  "msiexec-uninstaller-not-msi-or-guid": /^msiexec-uninstaller$/,
  "jinja-syntax": /^jinja-(syntax|unknown-tag)$/,
  "yaml-syntax": /^yaml-/,
  "jinja-unclosed-block": /^jinja-(unclosed-block|unknown-tag|syntax)$/,
  "jinja-undefined": /^(jinja-undefined|undefined-on-some-path)$/,
  "yaml-duplicate-key": /^yaml-duplicate-key$/,
  "yaml-quotes": /^yaml-/,
  "jinja-unpack-mismatch": /^jinja-unpack-mismatch$/,
  "exe-installer-with-msiexec": /^msiexec-with-exe$/,
  "jinja-for-over-string": /^jinja-loop-over-string$/,
  "jinja-block-structure": /^jinja-(unknown-tag|unclosed-block|syntax)$/,
  "guid-uninstaller-without-msiexec": /^guid-without-msiexec$/,
  "version-value-not-map": /^version-not-mapping$|^yaml-syntax$/,
  "jinja-unknown-tag": /^jinja-unknown-tag$/,
  "jinja-runtime": /^jinja-(runtime|undefined)$/,
  "unknown-key": /^unknown-key$/,
  "ProgramFiles(x86)-on-x86-render": /^program-files-x86-on-x86$/,
  "msi-not-quiet": /^msi-not-quiet$/,
  "exe-no-install-flags": /^exe-without-flags$/,
  "uninstaller-has-quotes": /^path-quoted$/,
  "msi-installer-without-msiexec": /^msi-without-msiexec$/,
  "x64-installer-on-x86-render": /^x64-installer-on-x86$/,
  "unrendered-braces": /^unrendered-braces$/,
  "pkg-value-not-map": /^package-(not-mapping|without-versions)$/,
};

/** Errors that a parser can only see where the text no longer makes sense, however far that is from the slip. */
const elsewhere = /^(jinja|yaml)-/;

function lintOne(path: string, source: string): Finding[] {
  return lint([{ path, source }], defaultOptions()).filter(({ severity }) => severity !== "hint");
}

/** Numbers of the lines of `before` that a diff removes, or next to which it inserts. */
function changedLines(before: readonly string[], after: readonly string[]): Set<number> {
  // common[i][j]: how many lines the rests from i and j have in common.
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i] as Uint16Array;
      const below = common[i + 1] as Uint16Array;
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const changed = new Set<number>();
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i++;
      j++;
    } else if (j < after.length && (i === before.length || (common[i]?.[j + 1] ?? 0) >= (common[i + 1]?.[j] ?? 0))) {
      changed.add(Math.max(0, i - 1)).add(Math.min(i, before.length - 1));
      j++;
    } else changed.add(i++);
  }
  return changed;
}

/** At or within two lines of a changed line. */
function isNear({ range }: Finding, defect: Defect): boolean {
  const lines = new LineTable(defect.before);
  const first = lines.lineAt(range.start);
  const last = lines.lineAt(Math.max(range.start, range.end - 1));
  const changed = changedLines(defect.before.split("\n"), defect.after.split("\n"));
  return [...changed].some((line) => line >= first - 2 && line <= last + 2);
}

describe.skipIf(!hasShared)("defects that maintainers fixed", () => {
  const defects = hasShared ? sharedJson<Defect[]>("corpus/defects.json").filter(({ rule }) => !advice.has(rule)) : [];
  const results = defects.map((defect) => {
    const expected = codes[defect.rule] ?? /^$/;
    const before = lintOne(defect.path, defect.before).filter(({ code }) => expected.test(code));
    const after = lintOne(defect.path, defect.after).filter(({ code }) => expected.test(code));
    const near = before.some((finding) => elsewhere.test(finding.code) || isNear(finding, defect));
    return { id: defect.id, rule: defect.rule, found: near, gone: after.length === 0 };
  });

  it("are reported where they are, by the rule that names them, and no more once they are fixed: 95 of 100", () => {
    const missed = results.filter(({ found, gone }) => !found || !gone);
    const share = 1 - missed.length / results.length;
    expect(share, JSON.stringify(missed, undefined, 1)).toBeGreaterThanOrEqual(0.95);
  });

  it("are reported near the change also where an error could be elsewhere, in 80 of 100", () => {
    const near = defects.filter((defect) =>
      lintOne(defect.path, defect.before).some((finding) => isNear(finding, defect)),
    );
    expect(near.length / defects.length).toBeGreaterThanOrEqual(0.8);
  });
});
