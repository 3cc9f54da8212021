import type { ProblemRule, RuleMeta } from "../rule.js";

const dropped = 'Salt reports "Failed to compile" or "Failed to read" and takes nothing from the file.';

function rule(meta: Pick<RuleMeta, "code" | "title" | "why" | "example"> & Partial<RuleMeta>): ProblemRule {
  // What Salt does at the limits is not known.
  const known = meta.code === "yaml-limit" ? {} : { rejects: true as const };
  return { kind: "problem", meta: { severity: "error", ...known, salt: dropped, fixable: "no", ...meta } };
}

/** What the YAML stage finds in the rendered text. Loading does the looking; these say what it means. */
export const yamlProblems: readonly ProblemRule[] = [
  rule({
    code: "yaml-syntax",
    fixable: "fix",
    title: "The rendered text is no YAML.",
    why: "A quote that is not closed, a colon too many, a tab, an attribute at the wrong depth, a backslash in double quotes.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: 'App\n    installer: 'https://example.com/app.exe'\n",
      good: "app:\n  '1.0':\n    full_name: 'App'\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n",
    },
  }),
  rule({
    code: "yaml-multiple-documents",
    title: "More than one YAML document.",
    why: "A line of three dashes in the middle begins a second document; Salt reads one.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n---\nother:\n  '1.0':\n    full_name: Other\n",
      good: "app:\n  '1.0':\n    full_name: App\nother:\n  '1.0':\n    full_name: Other\n",
    },
  }),
  rule({
    code: "yaml-alias",
    title: "An alias without its anchor.",
    why: "`*name` stands for what `&name` marks further up. A text that begins with an asterisk needs quotes.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: *App\n",
      good: "app:\n  '1.0':\n    full_name: '*App'\n",
    },
  }),
  rule({
    code: "yaml-unhashable-key",
    title: "A key that is a list or a mapping.",
    why: "Braces at the beginning of a key are a mapping to YAML. Mostly they are a template's that was not rendered.",
    example: {
      bad: "app:\n  {version: 1}:\n    full_name: App\n",
      good: "app:\n  '1':\n    full_name: App\n",
    },
  }),
  rule({
    code: "yaml-merge",
    title: "A merge key whose value is no mapping.",
    why: "`<<` takes a mapping or a list of mappings.",
    example: {
      bad: "app:\n  '1.0':\n    <<: text\n    full_name: App\n",
      good: "app:\n  '1.0':\n    <<: {msiexec: False}\n    full_name: App\n",
    },
  }),
  rule({
    code: "yaml-tag",
    title: "A tag or value that Salt's loader does not construct.",
    why: "Salt knows few tags. A plain `=` is a special value of YAML 1.1 and needs quotes.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: !name App\n",
      good: "app:\n  '1.0':\n    full_name: App\n",
    },
  }),
  rule({
    code: "yaml-value",
    title: "A value that Salt's loader fails at.",
    why: "An explicit tag on text that is none of its kind.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: !!int App\n",
      good: "app:\n  '1.0':\n    full_name: App\n",
    },
  }),
  rule({
    code: "yaml-limit",
    title: "YAML that is nested too deep or refers to itself.",
    salt: "Beyond Python's recursion limit Salt takes nothing from the file; what it does with aliases or merges that multiply is not known.",
    why: "No definition needs it. Winrepo stops there so that opening a file is safe.",
    example: {
      bad: `app: ${"[".repeat(2000)}${"]".repeat(2000)}\n`,
      good: "app:\n  '1.0':\n    full_name: App\n",
    },
  }),
];
