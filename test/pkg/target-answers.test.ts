import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultProject } from "../../engine/config/project.js";
import { databaseFor } from "../../engine/pkg/target-database.js";
import { NotFinished, type RenderHost } from "../../engine/render/render-host.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { parseRegFile } from "../../engine/target/reg-file.js";
import type { RegistryKey, Target } from "../../engine/target/target.js";
import { toJson } from "../../engine/value/convert.js";

const registry = parseRegFile(`[HKLM\\Software\\Vendor\\App]
"Dir"="C:\\\\App"
"Next"="Software\\\\Other"
[HKLM\\Software\\Other]
"Found"=dword:00000007
[HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\X]
"DisplayName"="App"
"DisplayVersion"="2.5"
"UninstallString"="u"
`);

/** What rendering asks of a real machine; anything else is missing, and would fail the test. */
function machine(asked: string[]): Target {
  const parts: Partial<Target> = {
    name: "lab",
    kind: "windows",
    grains: async () => ({ cpuarch: "AMD64" }),
    variables: async () => ({ TEMP: "D:\\own" }),
    exists: async (file) => ["c:\\a.txt", "c:\\folder"].includes(file.toLowerCase()),
    isFolder: async (file) => file.toLowerCase() === "c:\\folder",
    async readRegistry(hive, key, view, depth): Promise<RegistryKey | undefined> {
      if (depth === 0) asked.push(`${hive}\\${key} ${view}`);
      return view === "64" ? registry.find(`${hive}\\${key}`)?.snapshot(depth) : undefined;
    },
  };
  return parts as Target;
}

describe("definitions rendered for a machine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-answers-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function rendered(template: string, asked: string[] = []) {
    writeFileSync(path.join(folder, "m.sls"), `m:\n  '1.0':\n    full_name: '${template}'\n`);
    const { data, notes } = await databaseFor(defaultProject(folder), machine(asked));
    const repo = toJson(data.repo) as { m?: { "1.0": { full_name: string } } };
    return repo.m?.["1.0"].full_name ?? notes.join("\n");
  }

  it("are located in what the render host made of them, also where that was not finished", async () => {
    await rendered("App");
    const calls: string[] = [];
    const host: RenderHost = {
      width: 1,
      run: (...call) => inProcessHost.run(...call),
      render: async (document, ...rest) => {
        calls.push(path.basename(document.path));
        return calls.length === 1 ? new NotFinished("memory") : inProcessHost.render(document, ...rest);
      },
      close: () => inProcessHost.close(),
    };
    const { locator } = await databaseFor(defaultProject(folder), machine([]), { host });
    await locator?.open(["m", "other"]);
    expect(locator?.locate("m", "1.0", "full_name")).toBeUndefined();
    await locator?.open(["m", "other"]);
    expect(locator?.locate("m", "1.0", "full_name")?.location.range.start.line).toBe(2);
    expect(calls).toEqual(["m.sls", "m.sls"]);
  });

  it.each([
    ["{{ salt['file.file_exists']('C:\\\\a.txt') }} {{ salt['file.file_exists']('C:\\\\folder') }}", "True False"],
    [
      "{{ salt['file.directory_exists']('C:\\\\folder') }} {{ salt['file.directory_exists']('C:\\\\none') }}",
      "True False",
    ],
    ["{{ salt['environ.get']('Temp') }} {{ salt['config.get']('saltenv', 'x') }}", "D:\\own None"],
    ["{{ salt['reg.read_value']('HKLM', 'Software\\Vendor\\App', 'dir').vdata }}", "C:\\App"],
    ["{{ salt['reg.read_value']('HKEY_LOCAL_MACHINE', 'Software\\Other', 'Found').vtype }}", "REG_DWORD"],
    [
      "{{ salt['reg.read_value']('HKLM', 'Software\\Vendor\\App', 'no').comment }}",
      "Cannot find no in HKLM\\Software\\Vendor\\App",
    ],
    ["{{ salt['reg.read_value']('HKLM', 'Nowhere', 'no').success }}", "False"],
    ["{{ salt['reg.key_exists']('HKLM', 'Software\\Vendor', use_32bit_registry=True) }}", "False"],
    ["{{ salt['reg.value_exists'](hive='HKLM', key='Software\\Other', vname='FOUND') }}", "True"],
    ["{{ salt['reg.list_keys']('HKLM', 'Software\\Vendor') | join(',') }}", "App"],
    ["{{ salt['pkg.version']('App') }} {{ salt['pkg.list_pkgs']()['App'] }}", "2.5 2.5"],
  ])("%s", async (template, expected) => {
    expect(await rendered(template.replaceAll("'", "''").replaceAll("''", '"'))).toBe(expected);
  });

  it("an answer may lead to the next question, and nothing is asked twice", async () => {
    const asked: string[] = [];
    const template =
      '{% set next = salt["reg.read_value"]("HKLM", "Software\\Vendor\\App", "Next").vdata %}' +
      '{{ salt["reg.read_value"]("HKLM", next, "Found").vdata }}';
    expect(await rendered(template, asked)).toBe("7");
    expect(asked).toEqual(["HKLM\\Software\\Vendor\\App 64", "HKLM\\Software\\Other 64"]);
  });

  it("questions without end have an end", async () => {
    const asked: string[] = [];
    const template = '{% for i in range(99) %}{{ salt["reg.key_exists"]("HKLM", i | string) }}{% endfor %}';
    expect(await rendered(template, asked)).toContain("has to be asked of the machine");
    expect(asked.length).toBeLessThan(20);
  });

  it("what acts is refused", async () => {
    expect(await rendered('{{ salt["cmd.run"]("del C:") }}')).toContain("is not run here, since it acts or asks");
  });
});
