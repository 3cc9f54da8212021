import type { ProblemRule, RuleMeta } from "../rule.js";

const dropped = 'Salt reports "Failed to compile" and takes nothing from the file.';
const app = (line: string) => `app:\n  '1.0':\n    full_name: ${line}\n`;

/** Where it is not known what Salt does. */
const undecided: ReadonlySet<string> = new Set(["jinja-not-run", "jinja-budget"]);

function rule(meta: Pick<RuleMeta, "code" | "title" | "why" | "example"> & Partial<RuleMeta>): ProblemRule {
  const known = undecided.has(meta.code) ? {} : { rejects: true as const };
  return { kind: "problem", meta: { severity: "error", ...known, salt: dropped, fixable: "no", ...meta } };
}

/** What the template stage finds. Rendering does the looking; these say what it means. */
export const jinjaProblems: readonly ProblemRule[] = [
  rule({
    code: "jinja-syntax",
    fixable: "fix",
    title: "The template cannot be parsed.",
    why: "A missing quote, bracket or comma; braces inside of braces. Jinja looks at YAML comments too.",
    example: { bad: app("'{{ grains.id }'"), good: app("'{{ grains.id }}'") },
  }),
  rule({
    code: "jinja-unclosed-block",
    fixable: "suggestion",
    title: "A block that is never closed.",
    why: "Every `if`, `for`, `macro` and `load_yaml` needs its end tag.",
    example: {
      bad: "app:\n  {% for version in ['1.0'] %}\n  '{{ version }}':\n    full_name: App\n",
      good: "app:\n  {% for version in ['1.0'] %}\n  '{{ version }}':\n    full_name: App\n  {% endfor %}\n",
    },
  }),
  rule({
    code: "jinja-unknown-tag",
    fixable: "fix",
    title: "A tag that Jinja does not know, or one out of place.",
    why: "`elseif` is `elif`; an end tag without its beginning is unknown, too.",
    example: {
      bad: "app:\n  '1.0':\n    {% if grains['cpuarch'] == 'AMD64' %}\n    full_name: App x64\n    {% elseif grains['cpuarch'] == 'x86' %}\n    full_name: App\n    {% endif %}\n",
      good: "app:\n  '1.0':\n    {% if grains['cpuarch'] == 'AMD64' %}\n    full_name: App x64\n    {% elif grains['cpuarch'] == 'x86' %}\n    full_name: App\n    {% endif %}\n",
    },
  }),
  rule({
    code: "jinja-unknown-filter",
    fixable: "suggestion",
    title: "A filter that neither Jinja nor Salt has.",
    why: "Salt adds many filters to Jinja's; filters of Ansible are not among them.",
    example: { bad: app("'{{ 'a' | to_uuid }}'"), good: app("'{{ 'a' | uuid }}'") },
  }),
  rule({
    code: "jinja-unknown-test",
    fixable: "suggestion",
    title: "A test that neither Jinja nor Salt has.",
    why: "`is define` for `is defined` and the like.",
    example: {
      bad: app("'{{ grains is define }}'"),
      good: app("'{{ grains is defined }}'"),
    },
  }),
  rule({
    code: "jinja-undefined",
    fixable: "suggestion",
    title: "A variable, key or attribute without a value.",
    why: "Salt renders strictly: a name that was never set is an error, not an empty text. A value that only some machines have needs a default.",
    example: { bad: app("'App {{ verison }}'"), good: `{% set version = '1.0' %}\n${app("'App {{ version }}'")}` },
  }),
  rule({
    code: "jinja-runtime",
    title: "An expression that fails when it is computed.",
    why: "A text plus a number, a division by zero, an index beyond the end.",
    example: { bad: app("'App {{ 1 + '0' }}'"), good: app("'App {{ 1 ~ '0' }}'") },
  }),
  rule({
    code: "jinja-security",
    title: "Access that Jinja's sandbox refuses.",
    why: "Attributes with two underscores and the like lead out of the sandbox.",
    example: { bad: app("'{{ ''.__class__ }}'"), good: app("'{{ '' }}'") },
  }),
  rule({
    code: "jinja-template-not-found",
    title: "An import that finds no file.",
    why: "Imports are looked up from the file server's root, never from the folder of the definition: `win/repo-ng/map.jinja`, not `map.jinja`. `fileRoots` of the project file says where that root is.",
    example: {
      bad: `{% from 'win/repo-ng/missing.jinja' import x %}\n${app("'{{ x }}'")}`,
      good: `{% set x = 'App' %}\n${app("'{{ x }}'")}`,
    },
  }),
  rule({
    code: "jinja-not-run",
    title: "A Salt function that is not run while a definition is looked at.",
    severity: "warning",
    salt: "Salt runs the function on the minion; what it gives there is not known here.",
    why: "Functions that change or query the system (`cmd.run`, `http.query`) take their answer from the profile: add it under `functions`.",
    example: { bad: app("'{{ salt['cmd.run']('ver') }}'"), good: app("'{{ salt['grains.get']('os') }}'") },
  }),
  rule({
    code: "jinja-budget",
    title: "A template that computes too much.",
    salt: "Salt has no such limit; what it would do with this file is not known: it may finish, or take all memory.",
    why: "Endless recursion, a huge range, or a text that doubles itself. Winrepo stops there so that opening a file is safe.",
    example: {
      bad: `{% macro twice() %}{{ twice() }}{{ twice() }}{% endmacro %}\n${app("'{{ twice() }}'")}`,
      good: `{% macro twice() %}App{% endmacro %}\n${app("'{{ twice() }}'")}`,
    },
  }),
];
