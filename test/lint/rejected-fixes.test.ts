import { describe, expect, it } from "vitest";
import { applyEdits, fixAll } from "../../engine/lint/fix.js";
import { lintText } from "./support.js";

const version = (lines: string) => `app:\n  '1.0':\n    full_name: App\n${lines}`;

describe("errors that Salt rejects a file for offer the change that was meant", () => {
  it.each([
    ["a value that begins with %", version("    uninstaller: %ProgramFiles%\\x.exe\n"), "'%ProgramFiles%\\x.exe'"],
    ["a value that begins with {", version("    uninstall_flags: {x} y\n"), "'{x} y'"],
    ["a value that begins with @", version("    uninstall_flags: @x\n"), "'@x'"],
    ["no colon behind a version", "app:\n  '1.0'\n    full_name: App\n", "'1.0':"],
    ["no blank behind a colon", version("    install_flags:/S\n    locale: en\n"), "install_flags: /S"],
    ["no colon behind an attribute", version("    locale en_US\n    arch: x\n"), "locale: en_US"],
    ["an open quote of a version", "app:\n  '1.10:\n    full_name: 'App'\n", "'1.10':\n"],
    ["an open quote of a value", version("    arch: 's3://x\n    locale: 'en'\n"), "'s3://x'\n"],
    ["an open quote in the last line", version("    arch: 's3://x\n"), "'s3://x'\n"],
    ["an open double quote", version('    arch: "x\n    locale: "en"\n'), '"x"\n'],
  ])("%s", (_, source, expected) => {
    const { text, findings } = fixAll(source, lintText);
    expect(text).toContain(expected);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each([
    ["tabs", "app:\n\t'1.0':\n\t\tfull_name: App\n", "Indent with blanks"],
    ["an open condition", "app:\n  '1.0':\n    {% if 1 %}\n    full_name: App\n", "Insert {% endif %}"],
    ["an open loop", "app:\n{% for v in ['1'] %}\n  '{{ v }}':\n    full_name: App\n", "Insert {% endfor %}"],
    ["a variable", "{% set version = '1' %}\napp:\n  '1':\n    full_name: '{{ verison }}'\n", "Change to 'version'"],
    ["a grain", "app:\n  '1':\n    full_name: '{{ grains['cpuarc'] }}'\n", "Change to 'cpuarch'"],
    ["a grain behind a dot", "app:\n  '1':\n    full_name: '{{ grains.cpuarc }}'\n", "Change to 'cpuarch'"],
    ["a filter", "app:\n  '1':\n    full_name: '{{ 'a' | uper }}'\n", "Change to 'upper'"],
    ["a test", "app:\n  '1':\n    full_name: '{{ 'a' is define }}'\n", "Change to 'defined'"],
    ["a function", "app:\n  '1':\n    full_name: '{{ salt['grains.gett']('os') }}'\n", "Change to 'grains.get'"],
    ["a missing full_name", "app:\n  '1':\n    locale: en_US\n", "Add full_name: 'app'"],
  ])("%s, for a person to choose", (_, source, title) => {
    const [finding] = lintText(source).filter(({ severity }) => severity === "error");
    const suggestion = finding?.suggestions.find((each) => each.title === title);
    const changed = applyEdits(source, suggestion?.edits ?? []);
    expect(changed).not.toBe(source);
    expect(lintText(changed).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("an open quote is named with its line, not where YAML notices", () => {
    const source = "app:\n  '1.10:\n    full_name: App\n    arch: x\n    uninstaller: '%y'\n";
    const [finding] = lintText(source);
    expect(source.slice(finding?.range.start, finding?.range.end)).toBe("'1.10:".slice(0, 5));
    expect(finding?.message).toContain("The quote that opens in line 2 is not closed there; YAML notices in line 5");
  });

  it("a quote over several lines is no open quote", () => {
    const source = "app:\n  '1.10':\n    full_name: 'App\n      and more'\n    arch: %x\n";
    expect(lintText(source)[0]?.advice).toBe("Quote a value that begins with %.");
  });
});

describe("advice that fits", () => {
  it("a pillar key that the profile lacks names the profile's pillar", () => {
    const [finding] = lintText("app:\n  '1':\n    full_name: '{{ pillar['intercad'] }}'\n");
    expect(finding?.advice).toContain("The profile windows-amd64 has no such pillar key");
  });

  it("a version at the package's depth is one error, that says so", () => {
    const found = lintText("app:\n'1.10':\n    full_name: App\n").filter(({ severity }) => severity === "error");
    expect(found.map(({ code }) => code)).toEqual(["package-without-versions"]);
    expect(found[0]?.advice).toBe("'1.10' looks like its version: indent it and what is below it.");
  });

  it("a state below a definition is called a state", () => {
    const found = lintText("app:\n  '1':\n    full_name: App\nnginx:\n  pkg:\n    - installed\n");
    expect(found.find(({ code }) => code === "version-not-mapping")?.advice).toContain("how a state is written");
  });

  it.each(["dsable", "disable-line", "enabel"])("a switch '%s' that there is not is named", (word) => {
    const [finding] = lintText(`${version("")}    # winrepo-lint: ${word} http-url\n`);
    expect(finding?.message).toBe(`There is no switch '${word}'.`);
    expect(finding?.advice).toMatch(/^Did you mean/);
  });
});
