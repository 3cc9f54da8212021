import { describe, expect, it } from "vitest";
import { classify } from "../../engine/definition/classify.js";
import { lintText } from "../lint/support.js";

// A megabyte of anything is looked at in about a second. What went over the same text again and again took from twenty
// seconds to hours for these; the limit of a test tells the two apart on any machine.

const limitMs = 15_000;
const size = 1_000_000;

const app = (body: string) => `app:\n  '1.0':\n    full_name: App\n${body}`;
const many = (text: string) => text.repeat(Math.floor(size / text.length));

const texts: Readonly<Record<string, string>> = {
  "a hash type before blanks": app(`    source_hash: 'md5${many(" ")}z'\n`),
  "digits in a full name": `app:\n  '1.0':\n    full_name: '${many("1")}'\n`,
  "numbers in a full name": `app:\n  '1.0':\n    full_name: '${many("1.")}x'\n`,
  "digits in an installer": app(`    installer: 'https://example.com/${many("1")}.exe'\n`),
  "slashes in an installer": app(`    installer: 'https://example.com/${many("/")}.exe'\n`),
  "queries in an installer": app(`    installer: 'https://example.com/a.exe?${many("?a&")}'\n`),
  "blanks in an uninstaller": app(`    uninstaller: 'C:\\a${many(" ")}b'\n`),
  "programs in an uninstaller": app(`    uninstaller: '${many("a.exe ")}b'\n`),
  "braces in an uninstaller": app(`    uninstaller: '${many("{")}'\n`),
  "dashes in flags": app(`    msiexec: True\n    uninstaller: msiexec.exe\n    uninstall_flags: '${many("-")}x'\n`),
  "quotes in flags": app(`    install_flags: '${many('"')}'\n`),
  "backslashes in flags": app(`    install_flags: '${many("\\")}'\n`),
  "a line of blanks": `app:\n${many(" ")}\n  '1.0':\n    full_name: App\n`,
  "lines without end": many("\n"),
  "opened prints": many("{{"),
  "opened tags": many("{%"),
  "opened comments": many("{#"),
  "an open string": `{{ '${many("a")}`,
  "open strings": many("{{ ' "),
  "quotes in a print": `{{ ${many("'")}`,
  "renderers without end": `#!${many("jinja|")}yaml\na: 1\n`,
  "branches without end": `{% if a %}${many("{% elif b %}x")}{% endif %}`,
  "conditions without end": many("{% if a is defined %}{% endif %}"),
  "assignments under conditions": many("{% if a %}{% set b = 1 %}{% endif %}"),
  "a dict of many entries": `{% set d = {${many("'a': 1, ")}} %}`,
  "a list of many items": `{% set d = [${many("1, ")}] %}`,
  "end tags without beginning": many("{% endfor %}"),
  "one print after another": `{% set a = 1 %}${many("{{ a }}")}`,
  "switches that name nothing": `# winrepo-lint: disable ${many("a, ")}\n`,
};

describe("a megabyte of", () => {
  it.each(Object.entries(texts))("%s", { timeout: limitMs }, (_, text) => {
    classify(text, "/r/app.sls");
    expect(lintText(text).length).toBeGreaterThanOrEqual(0);
  });
});
