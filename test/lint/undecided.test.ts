import { describe, expect, it } from "vitest";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { outcomeOf } from "../../engine/repo/outcome.js";
import { OutcomeCache } from "../../engine/repo/outcome-cache.js";
import { bothProfiles, lintText } from "./support.js";

// Where it is not known what Salt does, nothing of Salt is quoted.

const app = (name: string) => `app:\n  '1.0':\n    full_name: ${name}\n`;
const profile = bothProfiles[0] as (typeof bothProfiles)[number];

const limits: readonly [code: string, source: string, message: RegExp][] = [
  [
    "jinja-budget",
    app("{{ 'x' * 9999999999 }}"),
    /^Winrepo stops here: the template makes values of more than 20,000,000 characters/,
  ],
  [
    "jinja-budget",
    app("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
    /2,000,000 steps/,
  ],
  [
    "jinja-budget",
    app("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    /^Winrepo stops here: the template nests more than 200 calls/,
  ],
  [
    "jinja-budget",
    app("{{ 9 ** 99999999 }}"),
    /^Winrepo stops here: the template makes an integer of more than 65,536 binary digits/,
  ],
  [
    "jinja-budget",
    app(`{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}`),
    /^Winrepo stops here: an expression nests more than 150 levels/,
  ],
  [
    "jinja-budget",
    app(`${"{% if 1 %}".repeat(300)}x${"{% endif %}".repeat(300)}`),
    /^Winrepo stops here: blocks nest more than 90 levels/,
  ],
  [
    "jinja-budget",
    app(`{{ 1${" + 1".repeat(5000)} }}`),
    /^Winrepo stops here: the template nests more than 500 levels/,
  ],
  [
    "yaml-limit",
    `app: ${"[".repeat(2000)}${"]".repeat(2000)}\n`,
    /^Winrepo stops here: collections nest more than 1000 deep/,
  ],
  ["yaml-limit", aliasBomb(), /^Winrepo stops here: the aliases stand for more than 500,000 nodes/],
];

function aliasBomb(): string {
  const lines = ["a0: &a0 [x]"];
  for (let level = 1; level < 12; level += 1) lines.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`);
  return `${lines.join("\n")}\n`;
}

describe("a limit of Winrepo", () => {
  it.each(limits)("%s: %.60s", (code, source, message) => {
    const [finding, ...more] = lintText(source).filter((each) => each.severity === "error");
    expect(more).toEqual([]);
    expect(finding?.code).toBe(code);
    expect(finding?.message).toMatch(message);
    expect(finding?.salt).toMatch(/not known/);
    expect(`${finding?.salt} ${finding?.message}`).not.toMatch(/drops the whole file|Traceback|Error/);
  });

  it.each(limits)("is no message of Salt's in genrepo: %s %.60s", (_, source, message) => {
    const { status, messages } = renderDefinition(source, { path: "app.sls", profile, dataOnly: true });
    expect(status).toBe("error");
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(message);
    expect(messages[0]).toMatch(/What Salt would do is not known\.$/);
    expect(messages[0]).not.toMatch(/Failed to|Traceback|Error/);
  });

  it.each(limits)("is never kept for later: %s %.60s", (_, source) => {
    const outcome = outcomeOf(renderDefinition(source, { path: "app.sls", profile, dataOnly: true }));
    const cache = new OutcomeCache("key");
    const stamp = { size: source.length, modifiedMs: 0, inode: 1 };
    cache.remember("app.sls", stamp, "digest", outcome, () => "");
    expect(cache.byStamp("app.sls", stamp, () => "")).toBeUndefined();
    expect(cache.byContent("app.sls", stamp, "digest", () => "")).toBeUndefined();
  });
});

describe("what only a minion can answer", () => {
  it.each([
    app("{{ salt['cmd.run']('ver') }}"),
    app("{{ 'yes' if salt['file.file_exists']('C:/x') else 'no' }}"),
    app("{{ salt.http.query('https://example.com') }}"),
    app("{{ 'x' | random_hash }}"),
    app("{{ lipsum() }}"),
    app("{{ ifelse('web and db', 1, 2) }}"),
  ])("is a warning that quotes nothing: %s", (source) => {
    const findings = lintText(source);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([["jinja-not-run", "warning"]]);
    expect(findings[0]?.salt).toMatch(/not known here/);
    const [message] = renderDefinition(source, { path: "app.sls", profile }).messages;
    expect(message).not.toMatch(/Failed to|Traceback|Error/);
  });

  it("is so for a renderer that is not run", () => {
    const [finding, ...more] = lintText("#!py\ndef run():\n    return {}\n");
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: "renderer-not-run", severity: "warning" });
    expect(finding?.salt).not.toMatch(/drops the whole file/);
  });
});

describe("a function that Salt does not have", () => {
  it.each(["file.file_existz", "cmd.runn", "reg.read_valu", "nosuch.module", "pkg.versionz", "win_file.stats"])(
    "%s fails in Salt's words",
    (name) => {
      const [finding, ...more] = lintText(app(`{{ salt['${name}']('x') }}`));
      expect(more).toEqual([]);
      expect(finding?.code).toBe("jinja-undefined");
      expect(finding?.salt).toContain(
        `Salt drops the whole file: "Failed to compile, Jinja variable 'salt.utils.templates.AliasedLoader object' has no attribute '${name}'`.replace(
          "Failed to compile, ",
          "",
        ),
      );
    },
  );
});
