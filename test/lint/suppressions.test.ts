import { describe, expect, it } from "vitest";
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
    const copy = `# winrepo-lint: disable-file duplicate-package, duplicate-full-name\n${before}`;
    expect(lintFiles({ "a.sls": before, "b.sls": copy }).map(({ code }) => code)).not.toContain("duplicate-package");
  });
});
