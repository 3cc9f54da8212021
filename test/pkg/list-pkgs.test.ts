import { describe, expect, it } from "vitest";
import { guidToSquid } from "../../engine/installer/squid.js";
import type { SoftwareFilter } from "../../engine/pkg/installed-software.js";
import { installedVersion, joinVersions, listPkgs } from "../../engine/pkg/list-pkgs.js";
import { entry, machineWith, uninstallKey } from "./machine.js";
import type { ScenarioValues } from "./scenario/scenario.js";

const products = "HKLM\\Software\\Classes\\Installer\\Products";
const userData = (sid: string) =>
  `HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\${sid}\\Products`;
const guid = "{2BE0FA87-5B36-43CF-95C8-C68D6673FB94}";
const squid = "78AF0EB263B5FC34598C6CD86637BF49";
const sid = "S-1-5-21-1-2-3-1001";

type Registry = { readonly [path: string]: ScenarioValues };

async function listed(registry64: Registry, filter: SoftwareFilter = {}, registry32: Registry = {}, repo = {}) {
  const { machine, repo: data } = machineWith({ repo, registry64, registry32 });
  return Object.fromEntries(await listPkgs(machine, data, filter));
}

const key = (values: ScenarioValues): Registry => ({
  [uninstallKey("k")]: { ...entry("A", "1"), ...values },
});
const dword = (number: number) => ["REG_DWORD", number] as const;
const text = (value: string) => ["REG_SZ", value] as const;

describe("GUID → squid", () => {
  it("reverses three groups and swaps the digits of the others", () => {
    expect(guidToSquid(guid)).toBe(squid);
  });

  it.each(["", "2BE0FA87-5B36-43CF-95C8-C68D6673FB94", "{nonsense}", "Firefox"])("is empty for %j", (name) => {
    expect(guidToSquid(name)).toBe("");
  });
});

describe("what counts as installed (salt-reference §5.1)", () => {
  it("looks in both views", async () => {
    const other = { [uninstallKey("k")]: entry("B", "2") };
    expect(await listed(key({}), {}, other)).toEqual({ A: ["1"], B: ["2"] });
  });

  it.each([
    ["a component, which counts by default", { SystemComponent: dword(1) }, {}, true],
    ["a component, when components are not wanted", { SystemComponent: dword(1) }, { includeComponents: false }, false],
    ["SystemComponent 0", { SystemComponent: dword(0) }, { includeComponents: false }, true],
    ["SystemComponent -1", { SystemComponent: dword(0xffffffff) }, { includeComponents: false }, true],
    [
      "SystemComponent as text, over which Salt fails",
      { SystemComponent: text("1") },
      { includeComponents: false },
      true,
    ],
    ["a parent's update", { ParentKeyName: text("") }, {}, false],
    ["an update, which counts by default", { ReleaseType: text("Hotfix") }, {}, true],
    [
      "an update, when updates are not wanted",
      { ReleaseType: text("Security Update") },
      { includeUpdates: false },
      false,
    ],
    ["another release type", { ReleaseType: text("Service Pack") }, { includeUpdates: false }, true],
    ["a KB number, when updates are not wanted", { DisplayName: text("KB123456x") }, { includeUpdates: false }, false],
    ["five digits", { DisplayName: text("KB12345") }, { includeUpdates: false }, true],
    ["Windows Installer with a key that is no GUID", { WindowsInstaller: dword(1) }, {}, true],
  ] as const)("%s", async (_what, values, filter, counts) => {
    const found = await listed({ [products]: {}, ...key(values) }, filter);
    expect(Object.keys(found)).toHaveLength(counts ? 1 : 0);
  });

  it("wants a way to uninstall, unless removing is not allowed", async () => {
    const { UninstallString: _, ...without } = entry("A", "1");
    expect(await listed({ [uninstallKey("k")]: without })).toEqual({});
    expect(await listed({ [uninstallKey("k")]: { ...without, NoRemove: dword(1) } })).toEqual({ A: ["1"] });
    expect(await listed({ [uninstallKey("k")]: { ...without, NoRemove: dword(0) } })).toEqual({});
  });

  it("wants Windows Installer to know the product, in the same view", async () => {
    const registry = { [uninstallKey(guid)]: { ...entry("A", "1"), WindowsInstaller: dword(1) } };
    expect(await listed({ ...registry, [products]: {} })).toEqual({});
    expect(await listed({ ...registry, [`${products}\\${squid}`]: {} })).toEqual({ A: ["1"] });
    expect(await listed({ ...registry, [products]: {} }, {}, { [`${products}\\${squid}`]: {} })).toEqual({});
  });

  it("looks at machine products that have user data", async () => {
    const registry = { [`${products}\\${squid}`]: entry("A", "1") };
    expect(await listed(registry)).toEqual({});
    expect(await listed({ ...registry, [`${userData("S-1-5-18")}\\${squid}`]: {} })).toEqual({ A: ["1"] });
  });

  it("looks at the users who are logged on", async () => {
    const own = { [`HKU\\${sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\k`]: entry("A", "1") };
    expect(await listed(own)).toEqual({ A: ["1"] });
    const product = {
      [`HKU\\${sid}\\Software\\Microsoft\\Installer\\Products\\${squid}`]: {},
      [`${userData(sid)}\\${squid}\\InstallProperties`]: entry("B", "2"),
    };
    expect(await listed(product)).toEqual({ B: ["2"] });
  });

  it("does not tell upper from lower case in names of keys and values", async () => {
    const values = { displayname: text("A"), DISPLAYVERSION: text("1"), uninstallstring: text("u") };
    expect(await listed({ [uninstallKey("k").toUpperCase()]: values })).toEqual({ A: ["1"] });
  });
});

describe("name and version (salt-reference §5.2)", () => {
  it.each([
    ["blanks are kept", { DisplayName: text(" A ") }, { " A ": ["1"] }],
    ["REG_EXPAND_SZ, unexpanded", { DisplayName: ["REG_EXPAND_SZ", "%A%"] as const }, { "%A%": ["1"] }],
    ["a name that is no text", { DisplayName: dword(1) }, {}],
    ["an empty name", { DisplayName: text("") }, { "": ["1"] }],
    ["a version as number", { DisplayVersion: dword(33) }, { A: ["33"] }],
    ["a version as a number over 2³¹, which is signed", { DisplayVersion: dword(0xffffffff) }, { A: ["-1"] }],
    ["an empty version", { DisplayVersion: text("") }, { A: ["Not Found"] }],
    ["a version of another type", { DisplayVersion: ["REG_BINARY", "00"] as const }, { A: ["Not Found"] }],
  ])("%s", async (_what, values, found) => {
    expect(await listed(key(values))).toEqual(found);
  });
});

describe("short names (salt-reference §5.3)", () => {
  const repo = { a: { "2.0": { full_name: "A" }, "1.0": { full_name: "A" }, latest: { full_name: "other" } } };

  it("maps exact names only", async () => {
    const registry = { [uninstallKey("1")]: entry("A", "1"), [uninstallKey("2")]: entry("a ", "1") };
    expect(await listed(registry, {}, {}, repo)).toEqual({ a: ["1"], "a ": ["1"] });
  });

  it("gives software without a version the last one of the database that has its name", async () => {
    expect(await listed(key({ DisplayVersion: text("") }), {}, {}, repo)).toEqual({ a: ["1.0"] });
  });

  it("sorts as text and makes unique", async () => {
    const registry = Object.fromEntries(
      ["9.0", "10.0", "9.0"].map((version, index) => [uninstallKey(String(index)), entry("A", version)]),
    );
    expect(await listed(registry, {}, {}, repo)).toEqual({ a: ["10.0", "9.0"] });
  });

  it("joins versions, and answers for names", () => {
    const packages = new Map([["a", ["1", "2"]]]);
    expect(joinVersions(packages)).toEqual({ a: "1,2" });
    expect(installedVersion(packages, ["a"])).toBe("1,2");
    expect(installedVersion(packages, ["b"])).toBe("");
    expect(installedVersion(packages, ["a", "b"])).toEqual({ a: "1,2", b: "" });
    expect(installedVersion(packages, [])).toEqual({});
  });
});
