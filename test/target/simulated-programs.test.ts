import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SimulatedTarget } from "../../engine/target/simulated/simulated-target.js";
import { TargetError } from "../../engine/target/target.js";
import { makePe } from "../installer/make-pe.js";
import { installed, place, scratchFolder, simulated } from "./simulated-machine.js";

const nsisMark = Buffer.from("\0\0\0\0\xef\xbe\xad\xdeNullsoftInst", "latin1");
const nsis = (machine = 332) =>
  makePe({ machine, strings: { ProductName: "Sketch", ProductVersion: "4.5", CompanyName: "Us" }, overlay: nsisMark });

describe("setup programs on a simulated machine", () => {
  it("are taken to register what their version resource says, and the result says so", async () => {
    const target = await simulated();
    await place(target, nsis(), "C:\\p\\setup.exe");
    const result = await target.run('"C:\\p\\setup.exe" /S');
    expect(result).toMatchObject({ exitCode: 0, assumed: true });
    expect(result.notes?.[0]).toMatch(/^assumed: NSIS installer, not run; .*Sketch 4\.5/);
    expect(await installed(target, "32")).toEqual({ Sketch: "Sketch 4.5" });
  });

  it("wait for a person without their silent flag", async () => {
    const target = await simulated();
    await place(target, nsis(), "C:\\p\\setup.exe");
    const result = await target.run('"C:\\p\\setup.exe" /s', { timeoutMs: 60_000 });
    expect(result).toMatchObject({ exitCode: undefined, timedOut: true });
    expect(result.notes?.join("\n")).toContain("NSIS installer and nothing in its flags makes it silent (/S)");
    expect(await installed(target, "32")).toEqual({});
  });

  it("of unknown make wait without any flag and are assumed with one", async () => {
    const target = await simulated();
    await place(target, makePe({ strings: { ProductName: "Odd", ProductVersion: "1" } }), "C:\\p\\odd.exe");
    expect(await target.run('"C:\\p\\odd.exe" ')).toMatchObject({ timedOut: true });
    expect(await target.run('"C:\\p\\odd.exe" --unattended')).toMatchObject({ exitCode: 0, assumed: true });
    expect(await installed(target)).toEqual({ Odd: "Odd 1" });
  });

  it("are removed by the uninstaller that was assumed or that the definition names", async () => {
    const target = await simulated();
    await place(target, nsis(), "C:\\p\\setup.exe");
    for (const uninstaller of [
      "C:\\Program Files (x86)\\Sketch\\uninstall.exe",
      "C:\\Program Files\\Sketch 4\\uninst.exe",
    ]) {
      await target.run('"C:\\p\\setup.exe" /S');
      expect(await target.run(`"${uninstaller}" /S`)).toMatchObject({ exitCode: 0, assumed: true });
      expect(await installed(target, "32")).toEqual({});
    }
    await expect(target.run('"C:\\Program Files\\Sketch\\uninstall.exe" /S')).rejects.toThrow(TargetError);
  });

  it("do not start on a machine with too few bits or when damaged", async () => {
    const target = await simulated(scratchFolder(), 32);
    await place(target, nsis(34404), "C:\\p\\setup.exe");
    await place(target, Buffer.from("MZ nothing"), "C:\\p\\broken.exe");
    await place(target, nsis(332), "C:\\p\\setup.dat");
    expect(await target.run('"C:\\p\\setup.exe" /S')).toMatchObject({ exitCode: 216 });
    await expect(target.run('"C:\\p\\broken.exe" /S')).rejects.toMatchObject({ windowsError: { number: 193 } });
    // What it is called does not matter.
    expect(await target.run('"C:\\p\\setup.dat" /S')).toMatchObject({ exitCode: 0 });
  });
});

describe("other command lines on a simulated machine", () => {
  it("that do not exist fail as Windows fails", async () => {
    const target = await simulated();
    await expect(target.run('"C:\\p\\none.exe" /S')).rejects.toThrow("no such program");
    expect(await target.run('"C:\\p\\none.exe" /S', { shell: "cmd" })).toMatchObject({ exitCode: 1 });
  });

  it("that name a document are refused without a shell", async () => {
    const target = await simulated();
    await place(target, "examples/installers/hello-1.0.0.msi", "C:\\p\\h.msi");
    await expect(target.run('"C:\\p\\h.msi" /qn')).rejects.toThrow("`msiexec: True`");
    expect(await target.run('"C:\\p\\h.msi" /qn', { shell: "cmd" })).toMatchObject({ exitCode: 0 });
  });

  it("are expanded by cmd and by nothing else", async () => {
    const target = await simulated();
    await place(target, nsis(), "C:\\ProgramData\\setup.exe");
    expect(await target.run('"%ProgramData%\\setup.exe" /S', { shell: "cmd" })).toMatchObject({ exitCode: 0 });
    await expect(target.run('"%ProgramData%\\setup.exe" /S', { shell: "none" })).rejects.toThrow(TargetError);
  });

  it.each([
    'cmd.exe /c "C:\\p\\setup.exe" /S',
    'cmd /d /s /c ""C:\\p\\setup.exe" /S"',
    'cmd /c start /wait "" C:\\p\\setup.exe /S',
  ])("%s hands on to the installer", async (line) => {
    const target = await simulated();
    await place(target, nsis(), "C:\\p\\setup.exe");
    expect(await target.run(line)).toMatchObject({ exitCode: 0 });
    expect(await installed(target, "32")).toEqual({ Sketch: "Sketch 4.5" });
  });

  it("of Windows' own programs are taken to succeed", async () => {
    const target = await simulated();
    expect(await target.run("taskkill /im x.exe")).toMatchObject({ exitCode: 0, assumed: true });
    expect(await target.run('"C:\\Windows\\System32\\reg.exe" add HKLM\\x')).toMatchObject({
      exitCode: 0,
      assumed: true,
    });
  });

  it("answer as laid down", async () => {
    const target = await simulated();
    await place(target, nsis(), "C:\\p\\setup.exe");
    await target.answerWith([
      { match: "setup.EXE", exitCode: 3010, effects: true },
      { match: "hang", waits: true },
    ]);
    expect(await target.run('"C:\\p\\setup.exe" /S')).toMatchObject({ exitCode: 3010 });
    expect(await installed(target, "32")).toEqual({ Sketch: "Sketch 4.5" });
    expect(await target.run("hang.exe")).toMatchObject({ exitCode: undefined, timedOut: true });
  });
});

describe("a simulated machine", () => {
  it("keeps files by names without regard to case and refuses bad paths", async () => {
    const folder = scratchFolder();
    const target = await simulated(folder);
    await place(target, Buffer.from("hello"), "C:\\Data Ü\\A.txt");
    expect(await target.exists("c:/data ü/a.TXT")).toBe(true);
    expect(await target.hash("C:\\DATA Ü\\a.txt", "SHA256")).toBe(
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    );
    await expect(target.hash("C:\\a", "crc32")).rejects.toThrow("Unknown kind of hash");
    const local = path.join(scratchFolder(), "deep", "copy");
    await target.get("C:\\Data Ü\\a.txt", local);
    expect(readFileSync(local, "utf8")).toBe("hello");
    for (const bad of ["relative.txt", "C:\\x\\NUL", "C:\\com1.txt", "C:\\a<b", "\\\\?\\C:\\x"]) {
      await expect(target.put(local, bad)).rejects.toThrow(TargetError);
      expect(await target.exists(bad)).toBe(false);
    }
    await target.put(local, "C:\\..\\..\\up.txt");
    expect(existsSync(path.join(folder, "C", "up.txt"))).toBe(true);
    await target.put(local, "\\\\server\\share\\x.txt");
    expect(existsSync(path.join(folder, "UNC", "server", "share", "x.txt"))).toBe(true);
    await target.remove("C:\\data ü");
    expect(await target.exists("C:\\Data Ü\\A.txt")).toBe(false);
    await expect(target.remove("C:\\")).rejects.toThrow("whole drive");
  });

  it("expands its variables and leaves others", async () => {
    const target = await simulated();
    expect(await target.expandEnvironment("%programfiles%\\x %NOPE% 100%")).toBe("C:\\Program Files\\x %NOPE% 100%");
  });

  it("writes registry values", async () => {
    const target = await simulated();
    await target.writeRegistry("HKLM", "SYSTEM\\X", "Reboot required", { type: "REG_DWORD", data: 1 });
    const key = await target.readRegistry("HKLM", "system\\x", "32", 0);
    expect(key?.values.get("Reboot required")).toEqual({ type: "REG_DWORD", data: 1 });
    expect(await target.readRegistry("HKLM", "system\\y", "64", 0)).toBeUndefined();
  });

  it("can be thrown away, and the one it came from stays", async () => {
    const folder = scratchFolder();
    const target = await simulated(folder);
    await place(target, nsis(), "C:\\p\\setup.exe");
    await target.run('"C:\\p\\setup.exe" /S');
    const copy = await SimulatedTarget.open({ name: "copy", folder, throwAway: true });
    expect(await installed(copy, "32")).toEqual({ Sketch: "Sketch 4.5" });
    await copy.run('"C:\\Program Files (x86)\\Sketch\\uninstall.exe" /S');
    expect(await installed(copy, "32")).toEqual({});
    await copy.close();
    expect(await installed(await simulated(folder), "32")).toEqual({ Sketch: "Sketch 4.5" });
  });

  it("says what is wrong with a damaged state", async () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, "machine.json"), "{");
    await expect(simulated(folder)).rejects.toThrow("Remove its folder");
    writeFileSync(path.join(folder, "machine.json"), '{"format": 99}');
    await expect(simulated(folder)).rejects.toThrow("another version");
  });
});
