import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../cache-folder.mjs";

/** The installers that the suite runs, as files of this machine. */
export const fixtureNames = [
  "demo-1.0.0.msi",
  "demo-1.1.0.msi",
  "demo-reboot.msi",
  "setup64.exe",
  "setup32view.exe",
  "setup3010.exe",
  "nothing.exe",
  "waits.exe",
  "record.exe",
  "probe.exe",
  "stub32.exe",
] as const;
export type FixtureName = (typeof fixtureNames)[number];

const sources = path.join(import.meta.dirname, "fixtures");

export const productCodes = {
  "demo-1.0.0.msi": "{8B7D54B6-2B0C-4B6A-9C3C-6A0B3D1E0100}",
  "demo-1.1.0.msi": "{8B7D54B6-2B0C-4B6A-9C3C-6A0B3D1E0110}",
  "demo-reboot.msi": "{8B7D54B6-2B0C-4B6A-9C3C-6A0B3D1E0200}",
} as const;

const compiler = "x86_64-w64-mingw32-gcc";

/** Tools without which the fixtures cannot be built. */
export function missingTools(): string[] {
  return ["wixl", "makensis", compiler].filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
}

/** Builds the installers, or finds those built from the same sources before. Returns their folder. */
export function buildFixtures(): string {
  const hash = createHash("sha256");
  for (const file of [...readdirSync(sources).map((name) => path.join(sources, name)), import.meta.filename]) {
    hash.update(readFileSync(file));
  }
  const folder = path.join(cacheFolder(), `machine-fixtures-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const building = `${folder}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  for (const name of readdirSync(sources)) copyFileSync(path.join(sources, name), path.join(building, name));

  const msi = (name: keyof typeof productCodes, version: string, source = "demo.wxs") => {
    const defines = [`Version=${version}`, `ProductCode=${productCodes[name]}`].flatMap((one) => ["-D", one]);
    execFileSync("wixl", ["-a", "x64", ...defines, "-o", name, source], { cwd: building, stdio: "pipe" });
  };
  msi("demo-1.0.0.msi", "1.0.0");
  msi("demo-1.1.0.msi", "1.1.0");
  const restart = '<InstallExecuteSequence><ScheduleReboot After="InstallFinalize"/></InstallExecuteSequence>';
  const demo = readFileSync(path.join(building, "demo.wxs"), "utf8");
  writeFileSync(path.join(building, "reboot.wxs"), demo.replace("<!-- REBOOT -->", restart));
  msi("demo-reboot.msi", "2.0.0", "reboot.wxs");

  const nsis = (name: FixtureName, title: string, changes: { [define: string]: string } = {}) => {
    const defines = { STUB: "amd64-unicode", VIEW: "64", ERRORLEVEL: "0", BEHAVIOUR: "register", ...changes };
    const all = Object.entries({ ...defines, TITLE: title, OUT: name }).map(([key, value]) => `-D${key}=${value}`);
    execFileSync("makensis", ["-V1", ...all, "setup.nsi"], { cwd: building, stdio: "pipe" });
  };
  nsis("setup64.exe", "Pad");
  nsis("setup32view.exe", "Pad32", { VIEW: "32" });
  nsis("setup3010.exe", "PadReboot", { ERRORLEVEL: "3010" });
  nsis("nothing.exe", "Nothing", { BEHAVIOUR: "nothing" });
  nsis("waits.exe", "Waits", { BEHAVIOUR: "wait" });
  nsis("record.exe", "Record", { BEHAVIOUR: "record" });
  nsis("stub32.exe", "Stub32", { STUB: "x86-unicode", VIEW: "32" });
  execFileSync(compiler, ["-Os", "-s", "-o", "probe.exe", "probe.c", "-ladvapi32"], { cwd: building, stdio: "pipe" });
  try {
    renameSync(building, folder);
  } catch {
    // Another run was faster; its files are the same.
  }
  return folder;
}
