import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { firstReleases } from "../../engine/salt-version/features.js";
import { lintText } from "./support.js";

const start = "app:\n  '1.0':\n    full_name: App\n";
const exe = "    installer: 'https://example.com/app.exe'\n";
const msi = "    installer: 'https://example.com/app.msi'\n";
const removal = "    uninstaller: '%ProgramFiles%\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n";
const quiet = "    install_flags: '/qn'\n";

describe("one cause is one finding", () => {
  it.each([
    ["msiexec for a setup program", `${start}${exe}    install_flags: '/S'\n    msiexec: True\n`, "msiexec-with-exe"],
    [
      "a command line as uninstaller",
      `${start}${exe}    install_flags: '/S'\n    uninstaller: 'cmd /c del C:\\App\\sums.exe'\n`,
      "uninstaller-with-arguments",
    ],
    [
      "an attribute among the versions",
      `${start}${exe}    install_flags: '/S'\n  skip_urltest: True\n`,
      "version-not-mapping",
    ],
    ["misspelt install_flags", `${start}${exe}    instal_flags: '/S'\n`, "unknown-key"],
    [
      "misspelt install_flags of an MSI",
      `${start}${msi}    msiexec: True\n    installer_flags: '/qn'\n`,
      "unknown-key",
    ],
    [
      "misspelt uninstall_flags",
      `${start}${exe}    install_flags: '/S'\n${removal.replace("l_fl", "ler_fl")}`,
      "unknown-key",
    ],
    ["misspelt msiexec", `${start}${msi}${quiet}    msiexc: True\n`, "unknown-key"],
    [
      "misspelt msiexec and a GUID",
      `${start}${msi}${quiet}    msi_exec: True\n    uninstaller: '{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}'\n`,
      "unknown-key",
    ],
    [
      "a loop over a text, versions in quotes",
      "app:\n  {% for x in '1.10' %}\n  '{{ x }}':\n    full_name: App\n  {% endfor %}\n",
      "jinja-loop-over-string",
    ],
    [
      "a loop over a text, versions without",
      "app:\n  {% for x in '1.40' %}\n  {{ x }}:\n    full_name: App\n  {% endfor %}\n",
      "jinja-loop-over-string",
    ],
    ["eleven equal keys", `app:\n${"  '1.0':\n    full_name: App\n".repeat(11)}`, "yaml-duplicate-key"],
    [
      "eleven equal items",
      `app:\n  {% for x in [${"'1', ".repeat(11)}] %}\n  '{{ x }}':\n    full_name: App\n  {% endfor %}\n`,
      "yaml-duplicate-key",
    ],
    ["misspelt full_name", `app:\n  '1.0':\n    fullname: App\n${exe}    install_flags: '/S'\n`, "missing-full-name"],
    [
      "misspelt installer of the newest version",
      `${start}${exe}    install_flags: '/S'\n  '2.0':\n    full_name: App\n    instaler: 'https://example.com/2.exe'\n`,
      "unknown-key",
    ],
  ])("%s", (_, source, code) => {
    const found = lintText(source).filter(({ severity }) => severity === "error" || severity === "warning");
    expect(found.map((finding) => finding.code)).toEqual([code]);
  });

  it("and what the project knows is no misspelling", () => {
    const { severity } = lintText(`${start}    local: en_US\n`)[0] ?? {};
    expect(severity).toBeUndefined();
  });
});

it("the first releases of a change are those of the one table, in written documents too", () => {
  const text = readFileSync(path.join(import.meta.dirname, "../../docs/packages.md"), "utf8");
  expect(text).toContain(`as Salt before ${firstReleases("no-shell")} did`);
  expect(text.match(/300[678]\.\d+/g)?.join(" ")).toBe("3006.15 3007.7 3008.0");
});
