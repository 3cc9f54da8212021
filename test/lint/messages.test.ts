import { expect, it } from "vitest";
import { fullMessage } from "../../engine/lint/finding.js";
import { lint } from "../../engine/lint/lint.js";
import { lintText, options } from "./support.js";

it("a message does not repeat a megabyte of a definition", () => {
  const long = "x ".repeat(500_000);
  const found = lintText(
    `app:\n  '1.0':\n    full_name: App\n    msiexec: 'yes ${long}'\n    uninstaller: 'cmd /c ${long}'\n`,
  );
  expect(found.length).toBeGreaterThan(0);
  for (const finding of found) expect(fullMessage(finding).length).toBeLessThan(5000);
});

it("a message is one line, whatever a value holds", () => {
  const found = lintText('app:\n  "1.0\\n\\n2":\n    full_name: App\n    "no\\nkey": 1\n    installer: "a\\nb.msi"\n');
  expect(found.length).toBeGreaterThan(0);
  for (const finding of found) expect(fullMessage(finding)).not.toMatch(/[\r\n]/);
});

it("what is not UTF-8 is shown at its byte", () => {
  const source = Buffer.from("app:\n  '1.0':\n    full_name: 'Caf\xe9'\n", "latin1");
  const [finding] = lint([{ path: "app.sls", source }], options());
  expect(finding).toMatchObject({ code: "not-utf8", range: { start: 33, end: 34 } });
});
