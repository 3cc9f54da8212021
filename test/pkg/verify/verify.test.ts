import { copyFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type InstallOptions, install } from "../../../engine/pkg/install.js";
import { asYaml } from "../../../engine/pkg/verify/corrections.js";
import type { RunResult } from "../../../engine/target/target.js";
import { entry, machineWith, registers, uninstallKey } from "../machine.js";

const x = { full_name: "App", installer: "https://h/x.exe", install_flags: "/S", uninstaller: "C:\\u.exe" };
const guid = "{2BE0FA87-5B36-43CF-95C8-C68D6673FB94}";
const other = "{11111111-2222-3333-4444-555555555555}";
const squid = "78AF0EB263B5FC34598C6CD86637BF49";

async function installed(setup: Partial<Parameters<typeof machineWith>[0]>, attributes: object = {}, run?: RunResult) {
  const { machine, context } = machineWith({ repo: { x: { "1.0": { ...x, ...attributes } } }, ...setup });
  if (run) machine.run = async () => run;
  const { report } = await install(context, { name: "x" });
  return report.packages[0]!;
}

/** What an MSI registers. */
const product = (name: string, version: string) => ({
  exit: 0,
  set: [
    ["64", uninstallKey(guid), { ...entry(name, version), WindowsInstaller: ["REG_DWORD", 1] }],
    ["64", `HKLM\\Software\\Classes\\Installer\\Products\\${squid}`, {}],
  ] as const,
});

describe("what did it change, and does that match the definition?", () => {
  it("is content with what is as defined", async () => {
    const report = await installed({ runs: [registers("App", "1.0")] });
    expect(report).toMatchObject({ status: "installed", problems: [], corrections: [], appeared: [{ name: "App" }] });
  });

  it("corrects the name", async () => {
    const report = await installed({ runs: [registers("App 1.0 (x64)", "1.0")] });
    expect(report.status).toBe("doubtful");
    expect(report.problems[0]).toMatchObject({ code: "name-differs", key: "full_name", version: "1.0" });
    expect(report.corrections).toMatchObject([{ key: "full_name", from: "App", to: "App 1.0 (x64)" }]);
  });

  it("corrects name and version together", async () => {
    const report = await installed({ runs: [registers("App 1 (x64)", "1.0.5")] });
    expect(report.corrections).toMatchObject([
      { key: "full_name", to: "App 1 (x64)" },
      { key: "version", from: "1.0", to: "1.0.5" },
    ]);
  });

  it("takes the likeliest of several entries", async () => {
    const run = registers("Visual C++ Runtime", "14.0");
    const both = { exit: 0, set: [...run.set!, ...registers("App (64-bit)", "1.0").set!] };
    const report = await installed({ runs: [both] });
    expect(report.corrections).toMatchObject([{ key: "full_name", to: "App (64-bit)" }]);
    expect(report.problems[0]?.message).toContain("'Visual C++ Runtime'");
  });

  it("corrects the version", async () => {
    const report = await installed({ runs: [registers("App", "1.0.0.5")] });
    expect(report.corrections).toMatchObject([{ key: "version", from: "1.0", to: "1.0.0.5" }]);
    expect(report.status).toBe("doubtful");
  });

  it("lets `latest` have any version", async () => {
    const report = await installed({ repo: { x: { latest: x } }, runs: [registers("App", "17")] });
    expect(report).toMatchObject({ status: "installed", corrections: [] });
  });

  it("says when nothing was installed although the program says so", async () => {
    const report = await installed({ runs: [{ exit: 0 }] });
    expect(report).toMatchObject({ status: "doubtful", problems: [{ code: "nothing-installed" }], corrections: [] });
  });

  it("corrects the product code", async () => {
    const attributes = { msiexec: true, uninstaller: other };
    const report = await installed({ runs: [product("App", "1.0")] }, attributes);
    expect(report.corrections).toMatchObject([{ key: "uninstaller", from: other, to: guid }]);
    expect(report.status).toBe("installed");
  });

  it("corrects a product code in flags", async () => {
    const attributes = { uninstaller: "msiexec.exe", uninstall_flags: `/x ${other} /qn` };
    const report = await installed({ runs: [product("App", "1.0")] }, attributes);
    expect(report.corrections).toMatchObject([{ key: "uninstall_flags", to: `/x ${guid} /qn` }]);
  });

  it("proposes the product code where no uninstaller is defined", async () => {
    const report = await installed({ runs: [product("App", "1.0")] }, { msiexec: true, uninstaller: undefined });
    expect(report.corrections).toMatchObject([{ key: "uninstaller", to: guid }]);
    expect(report.corrections[0]).not.toHaveProperty("from");
  });

  it("corrects the path of the uninstaller, with the variable where one was used", async () => {
    const string = ["REG_SZ", '"C:\\Program Files\\App\\unins000.exe" /SILENT'] as const;
    const runs = [registers("App", "1.0", 0, { UninstallString: string })];
    const report = await installed({ runs }, { uninstaller: "%ProgramFiles%\\App\\uninst.exe" });
    expect(report.corrections).toMatchObject([{ key: "uninstaller", to: "%ProgramFiles%\\App\\unins000.exe" }]);
    const same = await installed({ runs }, { uninstaller: "%ProgramFiles%/app/UNINS000.exe" });
    expect(same.corrections).toEqual([]);
  });

  it("does not verify an uninstaller that is fetched", async () => {
    const report = await installed({ runs: [registers("App", "1.0")] }, { uninstaller: "https://h/x.exe" });
    expect(report.corrections).toEqual([]);
  });

  it("proves nothing by a guess", async () => {
    const report = await installed({}, {}, { exitCode: 0, output: "", timedOut: false, assumed: true });
    expect(report).toMatchObject({ status: "installed", problems: [], corrections: [] });
    expect(report.summary).toContain("assumed");
  });

  it("credits each installer with its own entries", async () => {
    const { context } = machineWith({
      repo: { x: { "1.0": x }, y: { "1.0": { ...x, full_name: "Other", installer: "https://h/y.exe" } } },
      runs: [registers("App", "1.0"), registers("Other", "1.0")],
    });
    const { report } = await install(context, { pkgs: ["x", "y"] });
    expect(report.packages.map(({ appeared }) => appeared.map(({ name }) => name))).toEqual([["App"], ["Other"]]);
  });
});

describe("programs that fail", () => {
  it("explains an exit code", async () => {
    const report = await installed({ runs: [{ exit: 1618 }] });
    expect(report).toMatchObject({ status: "failed", problems: [{ code: "exit-code" }] });
    expect(report.summary).toContain("1618 (another installation is running");
  });

  it("recognises a dialog that waits for a person", async () => {
    const { machine, context } = machineWith({ repo: { x: { "1.0": { ...x, install_flags: "" } } } });
    let limit: number | undefined;
    machine.run = async (_line, options) => {
      limit = options?.timeoutMs;
      return { exitCode: undefined, output: "", timedOut: true };
    };
    const options: InstallOptions = { timeoutMs: 90_000 };
    const { salt, report } = await install(context, { name: "x" }, options);
    expect(limit).toBe(90_000);
    expect(salt).toEqual({ x: { "install status": "failed" } });
    const [problem] = report.packages[0]!.problems;
    expect(problem).toMatchObject({ code: "hang", key: "install_flags" });
    expect(problem?.message).toContain("time limit (90 seconds)");
    expect(problem?.message).toContain("`install_flags` has no switch to make it silent");
    expect(problem?.message).toMatch(/in a session that nobody sees\.$/);
  });
});

describe("a setup that asks", () => {
  const notes = path.resolve(import.meta.dirname, "../../../examples/installers/notes-2.3.exe");

  async function hung(attributes: object) {
    const { machine, context } = machineWith({ repo: { x: { "1.0": { ...x, ...attributes } } } });
    machine.run = async () => ({ exitCode: undefined, output: "", timedOut: true });
    machine.get = async (_file: string, local: string) => copyFileSync(notes, local);
    return (await install(context, { name: "x" })).report.packages[0]!;
  }

  it("is told its own switch", async () => {
    const report = await hung({ install_flags: "/s" });
    expect(report.summary).toContain("It is an NSIS installer; /S keeps it from asking.");
    expect(report.corrections).toMatchObject([{ key: "install_flags", from: "/s", to: "/s /S" }]);
  });

  it("is not told what it has", async () => {
    expect((await hung({ install_flags: "/S" })).corrections).toEqual([]);
  });

  it("is told msiexec's when msiexec runs it", async () => {
    const report = await hung({ msiexec: true, install_flags: "" });
    expect(report.corrections).toMatchObject([{ key: "install_flags", to: "/qn /norestart" }]);
  });
});

describe("a correction's text", () => {
  it.each([
    ["App 2", "'App 1'", "'App 2'"],
    ["It's", "'App'", "'It''s'"],
    ['A "B"', '"App"', '"A \\"B\\""'],
    ["App 2", "App 1", "App 2"],
    ["{GUID}", "x", "'{GUID}'"],
    ["1.10", "x", "'1.10'"],
    ["a: b", "x", "'a: b'"],
    ["Yes", "x", "'Yes'"],
    ["App ", "x", "'App '"],
  ])("%j in place of %s is %s", (to, before, text) => {
    expect(asYaml(to, before)).toBe(text);
  });
});
