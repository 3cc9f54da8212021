import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { definitionSchema } from "../../engine/definition/schema.js";
import { toJson } from "../../engine/value/convert.js";
import { loadYaml } from "../../engine/yaml/index.js";
import { hasShared, sharedJson } from "../shared.js";

const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  definitionSchema() as Record<string, unknown>,
);

function problemsOf(text: string): string[] {
  const { data, problems } = loadYaml(text);
  if (data === undefined) throw new Error(problems[0]?.message);
  return validate(toJson(data)) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath);
}

function version(...lines: string[]): string {
  return `app:\n  '1.0':\n    full_name: App\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

describe("the JSON Schema of a rendered definition", () => {
  it.each([
    "{}",
    "app: {}",
    version(),
    version("installer: https://example.com/a.msi", "msiexec: True", "install_flags: /qn"),
    version("msiexec: 'C:\\Windows\\System32\\msiexec.exe'", "uninstaller: '{GUID}'"),
    version("anything: else", "reboot: False", "locale: en_US", "skip_urltest: True", "restart: no"),
  ])("accepts %j", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each<[string, string]>([
    ["[]", ""],
    ["app:", "/app"],
    ["app: ['1.0']", "/app"],
    ["app: {'1.0': }", "/app/1.0"],
    ["app: {'1.0': {installer: x}}", "/app/1.0"],
    [version("msiexec:"), "/app/1.0/msiexec"],
    [version("install_flags: [/S, /x]"), "/app/1.0/install_flags"],
    [version("uninstaller: {GUID}"), "/app/1.0/uninstaller"],
    [version("cache_file: [salt://a, salt://b]"), "/app/1.0/cache_file"],
    [version("cache_dir: 'False'"), "/app/1.0/cache_dir"],
    [version("installer_flags: /S"), "/app/1.0/installer_flags"],
  ])("refuses %j", (text, place) => {
    expect(problemsOf(text)).toContain(place);
  });

  it.skipIf(!hasShared)("accepts the corpus but for the one file that stops the refresh", () => {
    const refused: string[] = [];
    for (const profile of ["windows-amd64", "windows-x86"]) {
      const files = sharedJson<Record<string, { rendered?: string }>>(`corpus/expected/${profile}.json`);
      for (const [file, { rendered }] of Object.entries(files)) {
        if (!rendered || loadYaml(rendered).data === null) continue;
        if (problemsOf(rendered).length > 0) refused.push(`${profile} ${file}`);
      }
    }
    expect(refused).toEqual(["windows-x86 microsoft-jdk.sls"]);
  });
});
