import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";
import { checkSync } from "recheck";
import { parseAst } from "vite";
import { describe, expect, it } from "vitest";

// Texts of strangers are matched by regular expressions everywhere. Each of ours takes time in proportion to the text,
// whatever the text; recheck looks for one that does not, by the automaton and by its own attacks.

const root = path.resolve(import.meta.dirname, "../..");

/** What may take longer, and why that is no harm. The start of the pattern names it. */
const bounded: readonly (readonly [file: string, start: string, why: string])[] = [
  ["engine/target/real/grains.ts", "Server\\D{0,40}", "forty characters at most"],
  ["engine/template/filters/ip-address.ts", "^(.*:)", "addresses of at most 64 characters"],
  ["engine/lint/rules/uninstaller-with-arguments.ts", "^\\s*(.*?\\.(?:exe", "commands of at most 2,048 characters"],
  ["engine/lint/yaml-fixes.ts", "^(\\s*(?:- +)*(?:[^", "lines of at most 2,000 characters"],
  ["engine/lint/yaml-fixes.ts", "\\{\\{[^\\n]*?", "lines of at most 2,000 characters"],
  ["engine/lint/yaml-fixes.ts", "^(\\s*(?:- +)*[\\w", "lines of at most 2,000 characters"],
  ["engine/template/filters/date-text.ts", "^(?:now|today", "dates of at most 80 characters"],
  ["engine/target/project-targets.ts", "^[^#\\n]*:", "the project file of the person who adds a target"],
  ["engine/target/project-targets.ts", "^[^ #\\n][^#\\n]*:", "the project file of the person who adds a target"],
  [
    "engine/target/simulated/command-interpreter.ts",
    "^(?:\\s+\\/(?:wait",
    "one line of a command, after Windows's own limit",
  ],
  ["server/languages/client-features.ts", "(`+)", "texts of our own"],
  ["server/languages/client-features.ts", "\\[([^\\]\\n]*)\\]", "texts of our own"],
  ["server/languages/snippet.ts", "\\$\\{\\d+", "snippets of our own"],
  ["server/languages/definition/code-actions.ts", "^\\s*#.*winrepo-lint", "the line of a finding"],
  ["server/languages/definition/completion.ts", "^\\s+(\\w+):", "the line of the cursor"],
  ["server/languages/definition/version-snippet.ts", "^([^:]+", "the line of the cursor"],
  ["server/languages/definition/yaml-lines.ts", "^\\s*('[^']*'", "one line at a time"],
  ["server/languages/jinja/macro-call.ts", "\\{#-?", "the comment above a macro"],
  ["client/webview/highlight.ts", "(?<key>", "one line at a time of what the person looks at"],
];

interface Found {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** The part of a syntax tree that is looked at. */
interface SyntaxNode {
  readonly type?: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

function regularExpressions(): Found[] {
  const found: Found[] = [];
  for (const folder of ["engine", "server", "client"]) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const absolute = path.join(entry.parentPath, entry.name);
      const file = path.relative(root, absolute).replaceAll(path.sep, "/");
      const { code } = transformSync(readFileSync(absolute, "utf8"), { loader: "ts", target: "esnext" });
      const visit = (node: unknown): void => {
        if (typeof node !== "object" || node === null) return;
        const { regex } = node as SyntaxNode;
        if (regex) found.push({ file, source: regex.pattern, flags: regex.flags });
        for (const part of Object.values(node)) visit(part);
      };
      visit(parseAst(code));
    }
  }
  return found;
}

/** A sticky one is tried at one place only. */
function verdict({ source, flags }: Found): string {
  const anchored = flags.includes("y") ? `^(?:${source})` : source;
  const options = { timeout: 120_000, checker: "auto", maxAttackStringSize: 20_000, randomSeed: 1 } as const;
  return checkSync(anchored, flags.replace(/[dgvy]/g, ""), options).status;
}

describe("regular expressions", () => {
  process.env.RECHECK_BACKEND = "pure";
  const all = regularExpressions();
  const isBounded = ({ file, source }: Found) =>
    bounded.some(([where, start]) => where === file && source.startsWith(start));

  it("are found", () => expect(all.length).toBeGreaterThan(400));

  it("take time in proportion to the text", { timeout: 900_000 }, () => {
    const seen = new Map<string, string>();
    const slow = all.filter((each) => {
      if (isBounded(each)) return false;
      const key = `${each.flags}/${each.source}`;
      const status = seen.get(key) ?? verdict(each);
      seen.set(key, status);
      return status !== "safe";
    });
    expect(slow.map(({ file, source }) => `${file}: ${source}`)).toEqual([]);
  });

  it.each(bounded)("of the exceptions %s %s is there", (file, start) => {
    expect(all.some((each) => each.file === file && each.source.startsWith(start))).toBe(true);
  });
});
