import { describe, expect, it } from "vitest";
import { parseProject } from "../../engine/config/project-loader.js";
import { lint } from "../../engine/lint/lint.js";
import { LintSettings } from "../../engine/lint/settings.js";
import { bothProfiles, lintText } from "./support.js";

const source =
  "app:\n  '1.0':\n    full_name: App\n    installer: 'http://example.com/a.exe'\n    install_flags: '/S'\n";

describe("levels of rules", () => {
  it("are the rules' own, unless the project sets others", () => {
    expect(lintText(source)[0]?.severity).toBe("information");
    expect(lintText(source, { "http-url": "error" })[0]?.severity).toBe("error");
    expect(lintText(source, { "http-url": "off" })).toEqual([]);
    expect(lintText(source, { "missing-source-hash": "hint" }).map(({ code }) => code)).toContain(
      "missing-source-hash",
    );
  });

  it("differ by path; the last entry that matches wins", () => {
    const text = [
      "lint:",
      "  rules: {http-url: warning}",
      "  overrides:",
      "    - {files: ['old/**'], rules: {http-url: off}}",
      "    - {files: ['old/keep.sls'], rules: {http-url: error}}",
    ].join("\n");
    const { config } = parseProject(text, "/repo/.winrepo.yaml");
    const settings = new LintSettings(config.lint);
    const files = ["app.sls", "old/app.sls", "old/keep.sls"].map((path, index) => ({
      path,
      source: source.replace("app:", `app${index}:`).replace("App", `App ${index}`),
    }));
    const found = lint(files, { settings, knownKeys: [], profiles: bothProfiles });
    expect(found.filter(({ code }) => code === "http-url").map(({ file, severity }) => [file, severity])).toEqual([
      ["app.sls", "warning"],
      ["old/keep.sls", "error"],
    ]);
  });

  it("know the attributes that the project uses", () => {
    const settings = new LintSettings(parseProject("", "/repo/.winrepo.yaml").config.lint);
    const owned = { path: "app.sls", source: `${source}    owner: me\n`.replace("http:", "https:") };
    expect(lint([owned], { settings, knownKeys: [], profiles: bothProfiles }).map(({ code }) => code)).toEqual([
      "unknown-key",
    ]);
    expect(lint([owned], { settings, knownKeys: ["owner"], profiles: bothProfiles })).toEqual([]);
  });
});

describe("merging", () => {
  it("reports one line that a loop renders often once, and counts", () => {
    const loop = source
      .replace("'1.0':", "{% for v in ['3', '2', '1'] %}\n  '{{ v }}':")
      .replace("'http://example.com/a.exe'", "'http://example.com/{{ v }}.exe'");
    const found = lintText(`${loop}  {% endfor %}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toBe("The installer of 'app 3' is fetched over plain http (also app 2, app 1).");
  });

  it("gives up a change that is not the same for every turn of a loop", () => {
    const loop = "app:\n  {% for v in ['1.0', 2.10] %}\n  {{ v }}:\n    full_name: App\n  {% endfor %}\n";
    const [finding] = lintText(loop).filter(({ code }) => code === "version-not-string");
    expect(finding?.fix).toBeUndefined();
  });
});
