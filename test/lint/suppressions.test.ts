import { describe, expect, it } from "vitest";
import type { RuleLevel } from "../../engine/config/project.js";
import { fixAll } from "../../engine/lint/fix.js";
import { lintFiles, lintText } from "./support.js";

const installer = "installer: 'http://example.com/app.exe'";
const before = "app:\n  '1.0':\n    full_name: App\n    install_flags: '/S'\n";

function codes(source: string): string[] {
  return lintText(source).map(({ code }) => code);
}

describe("switches in the source", () => {
  it("report without them", () => {
    expect(codes(`${before}    ${installer}\n`)).toEqual(["http-url"]);
  });

  it.each([
    ["the end of the line", `${before}    ${installer}  # winrepo-lint: disable http-url\n`],
    ["the end of the line, in a Jinja comment", `${before}    ${installer}  {# winrepo-lint: disable http-url #}\n`],
    ["the line before", `${before}    # winrepo-lint: disable-next-line http-url\n    ${installer}\n`],
    ["a line of its own further up", `# winrepo-lint: disable http-url\n${before}    ${installer}\n`],
    ["the whole file", `${before}    ${installer}\n# winrepo-lint: disable-file http-url\n`],
    ["every rule", `${before}    ${installer}  # winrepo-lint: disable\n`],
    ["several rules", `# winrepo-lint: disable-file http-url, unknown-key\n${before}    ${installer}\n    foo: bar\n`],
  ])("work at %s", (_, source) => {
    expect(codes(source)).toEqual([]);
  });

  it("end at enable", () => {
    const source = `# winrepo-lint: disable http-url\n${before}# winrepo-lint: enable http-url\n    ${installer}\n`;
    expect(codes(source)).toEqual(["unused-suppression", "http-url"]);
  });

  it("say when there is nothing to switch off, and when there is no such rule", () => {
    const [unused] = lintText(`# winrepo-lint: disable-file unknown-key\n${before}`);
    expect(unused).toMatchObject({
      code: "unused-suppression",
      message: "There is no 'unknown-key' here to switch off.",
    });
    const [unknown] = lintText(`# winrepo-lint: disable-file unknown-kye\n${before}`);
    expect(unknown).toMatchObject({
      message: "There is no rule 'unknown-kye'.",
      advice: "Did you mean 'unknown-key'?",
    });
  });

  it("are removed when unused, and only they", () => {
    const source = `${before}    # winrepo-lint: disable-next-line http-url, unknown-key\n    ${installer}\n`;
    const { text } = fixAll(source, lintText);
    expect(text).toBe(`${before}    # winrepo-lint: disable-next-line http-url\n    ${installer}\n`);
    const alone = `# winrepo-lint: disable-file unknown-key\n${before}`;
    expect(fixAll(alone, lintText).text).toBe(before);
  });

  it("are no switches in a text", () => {
    expect(codes(`${before}    ${installer}\n    locale: 'winrepo-lint: disable http-url'\n`)).toEqual(["http-url"]);
  });

  it("work on findings across files", () => {
    const other = `# winrepo-lint: disable-file duplicate-full-name\n${before.replace("app:", "beta:")}`;
    expect(lintFiles({ "b.sls": before, "a.sls": other }).map(({ code }) => code)).not.toContain("duplicate-full-name");
  });
});

describe("what Salt rejects", () => {
  const rejected: readonly (readonly [string, string])[] = [
    ["yaml-syntax", "app:\n  '1.0':\n    full_name: 'App' x\n"],
    ["jinja-syntax", "app: {{ 1 + }}\n"],
    ["jinja-undefined", "app:\n  '1.0':\n    full_name: '{{ nosuch }}'\n"],
    ["version-not-string", "app:\n  1.0:\n    full_name: App\n"],
    ["version-not-mapping", "app:\n  '1.0': x\n"],
    ["missing-full-name", "app:\n  '1.0':\n    locale: en_US\n"],
    ["yaml-duplicate-key", "app:\n  '1.0':\n    full_name: App\n    full_name: App\n"],
    ["package-not-mapping", "app: x\n"],
    ["unknown-renderer", "#!jinja|yml\napp:\n  '1.0':\n    full_name: App\n"],
  ];

  it.each(rejected)("%s is not switched off by a comment, which says so", (code, source) => {
    const found = lintText(`${source}# winrepo-lint: disable-file ${code}\n`);
    expect(found.find((finding) => finding.code === code)).toMatchObject({ severity: "error", rejected: true });
    const about = found.find((finding) => finding.code === "unused-suppression");
    expect(about?.message).toBe(`This switch has no effect on ${code}.`);
    expect(about?.advice).toContain("--update-baseline");
  });

  it.each(
    rejected.flatMap(([code, source]) => (["off", "hint"] as const).map((level) => [code, level, source] as const)),
  )("%s is not made %s by the project file", (code, level: RuleLevel, source) => {
    const found = lintText(source, { [code]: level }).find((finding) => finding.code === code);
    expect(found?.severity).toBe("error");
    expect(found?.advice).toContain("--update-baseline");
  });

  it("is not switched off by a switch for everything", () => {
    expect(codes("# winrepo-lint: disable-file\napp:\n  1.0:\n    full_name: App\n")).toContain("version-not-string");
  });

  it("is not what only Winrepo does not know", () => {
    const source =
      "app:\n  '1.0':\n    full_name: '{{ salt['cmd.run']('ver') }}'  # winrepo-lint: disable jinja-not-run\n";
    expect(codes(source)).not.toContain("jinja-not-run");
  });
});
