import { describe, expect, it } from "vitest";
import { installed, place, scratchFolder, simulated } from "./simulated-machine.js";

const v100 = "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}";
const v110 = "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910110}";
const richPackage = "{0C9B5A53-4D11-4E6B-9F0A-3E1E5C7B0123}";
const hello = (version: string) => `examples/installers/hello-${version}.msi`;
const rich = "test/fixtures/installers/rich-1.2.3.msi";

async function machineWithHello() {
  const target = await simulated();
  await place(target, hello("1.0.0"), "C:\\p\\h100.msi");
  await place(target, hello("1.1.0"), "C:\\p\\h110.msi");
  return target;
}

describe("msiexec on a simulated machine", () => {
  it("registers what the package says", async () => {
    const target = await machineWithHello();
    const result = await target.run('"msiexec" /I "C:\\p\\h100.msi" ALLUSERS=1 /qn');
    expect(result).toMatchObject({ exitCode: 0, timedOut: false });
    expect(result.assumed).toBeUndefined();
    expect(result.notes?.join()).toMatch(/^read: /);
    expect(await installed(target)).toEqual({ [v100]: "Hello (x64) 1.0.0" });
    expect(await installed(target, "32")).toEqual({});
    expect(await target.exists("c:\\PROGRAM files\\hello\\Hello.txt")).toBe(true);
  });

  it("writes the keys by which Windows Installer knows a product", async () => {
    const target = await machineWithHello();
    await target.run('"msiexec" /I "C:\\p\\h100.msi" /qn');
    const squid = "A0C3D1F625B9D0E4A844C2E5B7191000";
    const products = await target.readRegistry("HKLM", "Software\\Classes\\Installer\\Products", "32", 1);
    expect(products?.subkeys.map(({ name }) => name)).toEqual([squid]);
    const properties = await target.readRegistry(
      "HKLM",
      `Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products\\${squid}\\InstallProperties`,
      "64",
      0,
    );
    expect(properties?.values.get("DisplayName")).toEqual({ type: "REG_SZ", data: "Hello (x64)" });
    expect(properties?.values.get("Version")).toEqual({ type: "REG_DWORD", data: 0x01000000 });
  });

  it("replaces an older version, refuses an older one", async () => {
    const target = await machineWithHello();
    await target.run("msiexec /i C:\\p\\h100.msi /qn");
    expect(await target.run("msiexec /i C:\\p\\h110.msi /qn")).toMatchObject({ exitCode: 0 });
    expect(await installed(target)).toEqual({ [v110]: "Hello (x64) 1.1.0" });
    const refused = await target.run("msiexec /i C:\\p\\h100.msi /qn");
    expect(refused).toMatchObject({ exitCode: 1603, output: "A newer version of Hello is already installed." });
    expect(await installed(target)).toEqual({ [v110]: "Hello (x64) 1.1.0" });
  });

  it("removes by file and by product code, then says 1605", async () => {
    const target = await machineWithHello();
    for (const line of [
      '"msiexec" /X "C:\\p\\h100.msi" /qn',
      `"msiexec" /X "${v100}" /qn`,
      `MsiExec.exe /X${v100} /quiet`,
    ]) {
      await target.run("msiexec /i C:\\p\\h100.msi /qn");
      expect(await target.run(line)).toMatchObject({ exitCode: 0 });
      expect(await installed(target)).toEqual({});
      expect(await target.exists("C:\\Program Files\\Hello")).toBe(false);
      expect(await target.run(line)).toMatchObject({ exitCode: 1605 });
    }
  });

  it("leaves no trace of a removed product in the registry", async () => {
    const target = await machineWithHello();
    const before = await target.readRegistry("HKLM", "", "64", 20);
    await target.run("msiexec /i C:\\p\\h100.msi /qn");
    await target.run("msiexec /i C:\\p\\h110.msi /qn");
    await target.run("msiexec /x C:\\p\\h110.msi /qn");
    expect(await target.readRegistry("HKLM", "", "64", 20)).toEqual(before);
  });

  it("puts a 32-bit package under WOW6432Node and its values where its components say", async () => {
    const target = await simulated();
    await place(target, rich, "C:\\p\\rich.msi");
    await target.run("msiexec /i C:\\p\\rich.msi /qn INSTALLLEVEL=300");
    expect(await installed(target)).toEqual({});
    expect(await installed(target, "32")).toEqual({ [richPackage]: "Réglage® “Plus” 1.2 (x86) 1.2.3" });
    const values = await target.readRegistry("HKLM", "Software\\Winrepo Test\\Rich", "32", 0);
    expect(Object.fromEntries(values!.values)).toEqual({
      Folder: { type: "REG_SZ", data: "C:\\Program Files (x86)\\Rich Folder\\" },
      Count: { type: "REG_DWORD", data: 42 },
      "": { type: "REG_SZ", data: "Réglage® “Plus” 1.2 (x86) in C:\\Program Files (x86)\\Rich Folder\\" },
      Expand: { type: "REG_SZ", data: "%TEMP%\\x" },
    });
    const wide = await target.readRegistry("HKLM", "Software\\Winrepo Test\\Rich64", "64", 0);
    expect(wide?.values.get("File")?.data).toBe("C:\\Program Files\\Rich64\\note.txt");
    expect(await target.readRegistry("HKLM", "Software\\WOW6432Node\\Winrepo Test\\Rich", "64", 0)).toBeDefined();
  });

  it("installs the features that are asked for, where they are asked for", async () => {
    const target = await simulated();
    await place(target, rich, "C:\\p\\rich.msi");
    await target.run('msiexec /i C:\\p\\rich.msi /qn INSTALLDIR="D:\\My Apps" EDITION=Standard');
    expect(await target.exists("D:\\My Apps\\Read me first.txt")).toBe(true);
    expect(await target.exists("C:\\Program Files\\Rich64\\note.txt")).toBe(false);
    await target.run(`msiexec /x ${richPackage} /qn`);
    await target.run("msiexec /i C:\\p\\rich.msi /qn ADDLOCAL=ALL EDITION=Pro");
    expect(await target.exists("C:\\Program Files (x86)\\Rich Pro\\Read me first.txt")).toBe(true);
    expect(await target.exists("C:\\Program Files\\Rich64\\note.txt")).toBe(true);
  });

  it("registers a package for one user only below that user", async () => {
    const target = await machineWithHello();
    await target.run('msiexec /i C:\\p\\h100.msi ALLUSERS="" /qn');
    expect(await installed(target)).toEqual({});
    const user = await target.readRegistry(
      "HKU",
      "S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
      "64",
      1,
    );
    expect(user?.subkeys.map(({ name }) => name)).toEqual([v100]);
  });

  it.each([
    ["msiexec /i C:\\p\\missing.msi /qn", 1619],
    ["msiexec /i relative.msi /qn", 1619],
    ["msiexec /i C:\\p\\broken.msi /qn", 1620],
    ["msiexec /i {00000000-0000-0000-0000-000000000000} /qn", 1605],
    ["msiexec /i C:\\p\\h100.msi /qn /whatever", 1639],
    ["msiexec /i C:\\p\\h100.msi /qn stray", 1639],
    ["msiexec", 1639],
    ["msiexec /f C:\\p\\h100.msi /qn", 1605],
    ["msiexec /a C:\\p\\h100.msi /qn", 1627],
  ])("%s gives %i", async (line, exitCode) => {
    const target = await machineWithHello();
    await place(target, Buffer.from("no package"), "C:\\p\\broken.msi");
    expect(await target.run(line)).toMatchObject({ exitCode });
  });

  it("refuses a 64-bit package on 32 bits", async () => {
    const target = await simulated(scratchFolder(), 32);
    await place(target, hello("1.0.0"), "C:\\p\\h100.msi");
    expect(await target.run("msiexec /i C:\\p\\h100.msi /qn")).toMatchObject({ exitCode: 1633 });
    await place(target, rich, "C:\\p\\rich.msi");
    expect(await target.run("msiexec /i C:\\p\\rich.msi /qn")).toMatchObject({ exitCode: 0 });
    expect(await installed(target, "32")).toEqual(await installed(target, "64"));
    expect(await target.exists("C:\\Program Files\\Rich Folder\\Read me first.txt")).toBe(true);
  });

  it("survives being opened again", async () => {
    const folder = scratchFolder();
    const first = await simulated(folder);
    await place(first, hello("1.0.0"), "C:\\p\\h100.msi");
    await first.run("msiexec /i C:\\p\\h100.msi /qn");
    await first.close();
    const second = await simulated(folder);
    expect(await installed(second)).toEqual({ [v100]: "Hello (x64) 1.0.0" });
    expect(await second.run(`msiexec /x ${v100} /qn`)).toMatchObject({ exitCode: 0 });
  });
});
