import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type RegistryView, StartError, type Target } from "../../engine/target/target.js";
import { checkWithPkg } from "./pkg-case.js";

/** What a case has to work with. */
export interface MachineContext {
  readonly target: Target;
  /** Local folder of the installers (see fixtures.ts). */
  readonly fixtures: string;
  /** What the machine under test cannot do, by the reason. */
  readonly traits: MachineTraits;
}

export interface MachineTraits {
  /** Command lines may hold characters beyond ASCII. */
  readonly unicodeLines: boolean;
}

/** One thing that must hold on every kind of machine that really runs installers. */
export interface MachineCase {
  readonly name: string;
  run(context: MachineContext): Promise<void>;
}

const uninstall = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const limitMs = 90_000;
const code = (version: string) => `{8B7D54B6-2B0C-4B6A-9C3C-6A0B3D1E${version}}`;

async function bring(
  { target, fixtures }: MachineContext,
  name: string,
  to = `C:\\winrepo test\\${name}`,
): Promise<string> {
  await target.put(path.join(fixtures, name), to);
  return to;
}

async function exitCode(target: Target, line: string): Promise<number | undefined> {
  const result = await target.run(line, { timeoutMs: limitMs });
  assert.equal(result.timedOut, false, `${line} took too long`);
  return result.exitCode;
}

async function entry(target: Target, key: string, view: RegistryView = "64"): Promise<string | undefined> {
  const found = await target.readRegistry("HKLM", `${uninstall}\\${key}`, view, 0);
  return found && `${found.values.get("DisplayName")?.data} ${found.values.get("DisplayVersion")?.data}`;
}

/** An uninstaller may copy itself away and go on after its end. */
async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 120_000; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    if (await holds()) return;
    assert.ok(Date.now() < end, what);
  }
}

export const cases: readonly MachineCase[] = [
  {
    name: "MSI: install, upgrade, refused downgrade, remove, 1605",
    async run(context) {
      const { target } = context;
      const older = await bring(context, "demo-1.0.0.msi");
      const newer = await bring(context, "demo-1.1.0.msi");
      assert.equal(await exitCode(target, `"msiexec" /I "${older}" ALLUSERS=1 /qn`), 0);
      assert.equal(await entry(target, code("0100")), "Demo (x64) 1.0.0");
      assert.equal(await target.exists("C:\\Program Files\\Demo\\demo.txt"), true);
      assert.equal(await exitCode(target, `"msiexec" /I "${newer}" /qn`), 0);
      assert.equal(await entry(target, code("0110")), "Demo (x64) 1.1.0");
      assert.equal(await entry(target, code("0100")), undefined);
      assert.equal(await exitCode(target, `"msiexec" /I "${older}" /qn`), 1603);
      assert.equal(await entry(target, code("0110")), "Demo (x64) 1.1.0");
      assert.equal(await exitCode(target, `"msiexec" /X "${code("0110")}" /qn`), 0);
      assert.equal(await entry(target, code("0110")), undefined);
      assert.equal(await exitCode(target, `"msiexec" /X "${code("0110")}" /qn`), 1605);
    },
  },
  {
    name: "MSI: 3010",
    async run(context) {
      const file = await bring(context, "demo-reboot.msi");
      assert.equal(await exitCode(context.target, `"msiexec" /I "${file}" /qn /norestart`), 3010);
      assert.equal(await entry(context.target, code("0200")), "Demo (x64) 2.0.0");
      await context.target.run(`"msiexec" /X "${code("0200")}" /qn /norestart`, { timeoutMs: limitMs });
      assert.equal(await entry(context.target, code("0200")), undefined);
    },
  },
  {
    name: "NSIS: install into the 64-bit view, uninstall",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "setup64.exe");
      assert.equal(await exitCode(target, `"${file}" /S`), 0);
      assert.equal(await entry(target, "Pad"), "Pad 3.1 Edition 3.1.0");
      assert.equal(await entry(target, "Pad", "32"), undefined);
      assert.equal(await exitCode(target, '"C:\\Program Files\\Pad\\uninstall.exe" /S'), 0);
      await eventually(async () => (await entry(target, "Pad")) === undefined, "the Uninstall key stays");
    },
  },
  {
    name: "NSIS: install into the 32-bit view, uninstall",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "setup32view.exe");
      assert.equal(await exitCode(target, `"${file}" /S`), 0);
      assert.equal(await entry(target, "Pad32", "32"), "Pad32 3.1 Edition 3.1.0");
      assert.equal(await entry(target, "Pad32"), undefined);
      assert.equal(await exitCode(target, '"C:\\Program Files\\Pad32\\uninstall.exe" /S'), 0);
      await eventually(async () => (await entry(target, "Pad32", "32")) === undefined, "the Uninstall key stays");
    },
  },
  {
    name: "NSIS: 3010",
    async run(context) {
      const file = await bring(context, "setup3010.exe");
      assert.equal(await exitCode(context.target, `"${file}" /S`), 3010);
      assert.equal(await entry(context.target, "PadReboot"), "PadReboot 3.1 Edition 3.1.0");
    },
  },
  {
    name: "an installer that says 0 and installs nothing",
    async run(context) {
      const file = await bring(context, "nothing.exe");
      assert.equal(await exitCode(context.target, `"${file}" /S`), 0);
      assert.equal(await entry(context.target, "Nothing"), undefined);
    },
  },
  {
    name: "an installer that waits for ever is ended, and the machine works on",
    async run(context) {
      const file = await bring(context, "waits.exe");
      const result = await context.target.run(`"${file}" /S`, { timeoutMs: 6_000 });
      assert.deepEqual([result.timedOut, result.exitCode], [true, undefined]);
      assert.equal(await exitCode(context.target, "cmd /c exit 7"), 7);
    },
  },
  {
    name: "a run that is cancelled ends, and the machine works on",
    async run(context) {
      const file = await bring(context, "waits.exe");
      const abort = new AbortController();
      setTimeout(() => abort.abort(new Error("cancelled")), 3_000);
      await assert.rejects(context.target.run(`"${file}" /S`, { timeoutMs: limitMs, signal: abort.signal }), {
        message: "cancelled",
      });
      assert.equal(await exitCode(context.target, "cmd /c exit 8"), 8);
    },
  },
  {
    name: "a 32-bit stub: whatever it says, the registry decides",
    async run(context) {
      const file = await bring(context, "stub32.exe");
      const result = await context.target.run(`"${file}" /S`, { timeoutMs: 20_000 });
      const registered = await entry(context.target, "Stub32", "32");
      // Where 32-bit programs run it installs; Wine without its 32-bit half says 0 and does nothing.
      assert.ok(registered === undefined || registered === "Stub32 3.1 Edition 3.1.0");
      if (registered !== undefined) assert.equal(result.exitCode, 0);
    },
  },
  {
    name: "exit codes of 32 bits",
    async run({ target }) {
      for (const wanted of [0, 1, 255, 256, 259, 1641, 3010, 0x80070643, 0xc0000005, 0xffffffff]) {
        assert.equal(await exitCode(target, `cmd /d /c exit ${wanted | 0}`), wanted);
      }
    },
  },
  {
    name: "command lines and the working folder arrive unchanged",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "record.exe", "C:\\winrepo test\\a & b (1)\\record.exe");
      const odd = ["%PATH% 100%", "a&b", '"c & d"', "e^f", "g|h", "<i>", "(j)", '"k \\" l"', "!m!", "n=o,p;q"];
      const line = `"${file}" /S ${[...odd, ...(context.traits.unicodeLines ? ["ü€漢"] : [])].join(" ")}`;
      const result = await target.run(line, { cwd: "C:\\winrepo test\\a & b (1)", timeoutMs: limitMs, shell: "none" });
      assert.equal(result.exitCode, 0, result.output);
      const [arrived, cwd] = (await contentOf(target, "C:\\winrepo-record.txt")).toString("utf16le", 2).split("\r\n");
      assert.equal(arrived, line);
      assert.equal(cwd?.toLowerCase(), "c:\\winrepo test\\a & b (1)");
    },
  },
  {
    name: "30,000 characters, line breaks and what cmd would take for its own arrive unchanged",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "probe.exe", "C:\\winrepo test\\probe.dat");
      for (const flags of ["x".repeat(30_000), "one\r\ntwo\nthree", '%TEMP% "a & b > c" %%x%% ^& "']) {
        const line = `"${file}" /S ${flags}`;
        const result = await target.run(line, { timeoutMs: limitMs });
        assert.equal(result.exitCode, 0, result.output);
        const arrived = (await contentOf(target, "C:\\winrepo-line.txt")).toString("utf16le");
        assert.ok(arrived === line, `${arrived.length} of ${line.length} characters: ${arrived.slice(0, 200)}`);
      }
      await assert.rejects(target.run("cmd\0 /c exit 0"), { name: "TargetError" });
    },
  },
  {
    name: "nothing in a line or a folder reaches a shell",
    async run({ target }) {
      const installer = 'C:\\windows\\system32\\whoami.exe" & echo pwned>C:\\x.txt & "y\\a.exe';
      const folder = installer.slice(0, installer.lastIndexOf("\\"));
      await assert.rejects(target.run(`"${installer}" `, { cwd: folder, timeoutMs: limitMs }), { name: "TargetError" });
      await target.run(`"${installer}" `, { timeoutMs: limitMs }).catch(() => {});
      assert.equal(await target.exists("C:\\x.txt"), false);
    },
  },
  {
    name: "a program without a path is not taken from the folder that it runs in",
    async run(context) {
      const { target } = context;
      await bring(context, "probe.exe", "C:\\winrepo test\\own\\msiexec.exe");
      await target.remove("C:\\winrepo-line.txt");
      await target.run('"msiexec" /X "{00000000-0000-0000-0000-000000000000}" /qn', {
        cwd: "C:\\winrepo test\\own",
        timeoutMs: limitMs,
      });
      assert.equal(await target.exists("C:\\winrepo-line.txt"), false);
    },
  },
  {
    name: "without a folder a program runs in the home of the account",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "probe.exe", "C:\\winrepo\\probe.exe");
      await target.run(`"${file}" /S`, { timeoutMs: limitMs });
      const cwd = (await contentOf(target, "C:\\winrepo-folder.txt")).toString("utf16le");
      assert.equal(cwd.toLowerCase(), (await target.expandEnvironment("%USERPROFILE%")).toLowerCase());
    },
  },
  {
    name: "a program is waited for until nothing that it started holds its output",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "probe.exe", "C:\\winrepo\\probe.exe");
      assert.equal(await exitCode(target, `"${file}" /late /exit=3010`), 3010);
      assert.equal(await entry(target, "Late"), "Late 1.0");
      const held = await target.run(`"${file}" /hold`, { timeoutMs: 5_000 });
      assert.deepEqual([held.timedOut, held.exitCode], [true, undefined]);
      assert.equal(await exitCode(target, "cmd /c exit 9"), 9);
    },
  },
  {
    name: "a shell expands variables, no shell does not",
    async run(context) {
      const { target } = context;
      const file = await bring(context, "record.exe", "C:\\winrepo\\record.exe");
      const arrived = async () =>
        (await contentOf(target, "C:\\winrepo-record.txt")).toString("utf16le", 2).split("\r\n")[0];
      await target.run(`"${file}" /S %SystemDrive% %NO_SUCH%`, { shell: "cmd", timeoutMs: limitMs });
      assert.match((await arrived()) ?? "", /\/S C: %NO_SUCH%$/i);
      await target.run(`"${file}" /S %SystemDrive%`, { shell: "none", timeoutMs: limitMs });
      assert.match((await arrived()) ?? "", /\/S %SystemDrive%$/);
    },
  },
  {
    name: "what is no program is refused",
    async run(context) {
      const { target } = context;
      const msi = await bring(context, "demo-1.0.0.msi");
      const refused = (line: string, number: number, cwd?: string) =>
        assert.rejects(target.run(line, { shell: "none", timeoutMs: limitMs, ...(cwd && { cwd }) }), (error) => {
          assert.ok(error instanceof StartError, String(error));
          assert.equal(error.windowsError?.number, number, line);
          return true;
        });
      await refused(`"${msi}" /qn`, 193);
      await refused('"C:\\no such\\setup.exe" /S', 2);
      await refused('"C:\\windows" /S', 5, "C:\\");
      await refused('"setup.exe" /S', 2);
      await refused('""C:\\winrepo test\\x.exe" \\S" ', 87);
      await putContent(target, Buffer.from("no program\n"), "C:\\winrepo test\\text.exe");
      await refused('"C:\\winrepo test\\text.exe" /S', 193);
      for (const cwd of ['"C:\\windows', "%SystemRoot%\\system32", "sub", "C:\\no such folder"]) {
        const failure = await target
          .run('"cmd.exe" /c exit 0', { cwd, timeoutMs: limitMs })
          .catch((error: unknown) => error);
        assert.ok(failure instanceof StartError && !failure.windowsError, `${cwd}: ${failure}`);
        assert.equal(failure.cwd, cwd);
      }
      const result = await target.run('"C:\\no such\\setup.exe" /S', { shell: "cmd", timeoutMs: limitMs });
      assert.notEqual(result.exitCode, 0);
    },
  },
  {
    name: "files with blanks and names beyond ASCII",
    async run({ target }) {
      const content = Buffer.from("Grüße\0\x01\xff", "latin1");
      const remote = "C:\\winrepo test\\Ordner mit Ümläut\\日本 $'()[] & %X%.bin";
      await putContent(target, content, remote);
      assert.equal(await target.exists(remote), true);
      assert.equal(await target.hash(remote, "sha256"), createHash("sha256").update(content).digest("hex"));
      assert.deepEqual(await contentOf(target, remote), content);
      await putContent(target, Buffer.from("second"), remote);
      assert.equal((await contentOf(target, remote)).toString(), "second");
      await target.remove(remote);
      assert.equal(await target.exists(remote), false);
      await target.remove("C:\\winrepo test\\Ordner mit Ümläut");
      assert.equal(await target.exists("C:\\winrepo test\\Ordner mit Ümläut"), false);
      await assert.rejects(target.hash(remote, "sha256"), { name: "TargetError" });
    },
  },
  {
    name: "registry: all types, both views, what is not there",
    async run({ target, traits }) {
      const name = traits.unicodeLines ? "Ünïcode (1)" : "Plain (1)";
      const key = `Software\\Winrepo Test\\${name}`;
      const written = {
        "": { type: "REG_SZ", data: "default" },
        Text: { type: "REG_SZ", data: 'C:\\x "y" %Z% & more' },
        Expand: { type: "REG_EXPAND_SZ", data: "%TEMP%\\x" },
        Number: { type: "REG_DWORD", data: 0x80000001 },
        "Reboot required": { type: "REG_DWORD", data: 1 },
        Bytes: { type: "REG_BINARY", data: "00ff10" },
        Many: { type: "REG_MULTI_SZ", data: ["one", "two three"] },
      };
      for (const [valueName, value] of Object.entries(written))
        await target.writeRegistry("HKLM", key, valueName, value, valueName === "Reboot required");
      const read = await target.readRegistry("HKLM", key, "64", 0);
      assert.deepEqual(Object.fromEntries(read?.values ?? []), written);
      const parent = await target.readRegistry("HKLM", "SOFTWARE\\winrepo test", "64", 1);
      assert.deepEqual(
        parent?.subkeys.map((subkey) => subkey.name),
        [name],
      );
      assert.equal(parent?.subkeys[0]?.values.size, 7);
      assert.equal(await target.readRegistry("HKLM", "Software\\Winrepo None", "64", 0), undefined);
      assert.equal(await target.readRegistry("HKLM", "Software\\Winrepo Test", "32", 0), undefined);
      const users = await target.readRegistry("HKU", "", "64", 1);
      assert.ok(users && users.subkeys.length >= 1);
    },
  },
  {
    name: "variables and grains",
    async run({ target }) {
      assert.equal(
        (await target.expandEnvironment("%ProgramFiles%\\x %NO_SUCH%")).toLowerCase(),
        "c:\\program files\\x %no_such%",
      );
      const grains = await target.grains();
      assert.equal(grains.os_family, "Windows");
      assert.equal(grains.cpuarch, "AMD64");
      assert.match(String(grains.osversion), /^10\.0\.\d+$/);
      assert.match(String(grains.osrelease), /^1[01]$/);
    },
  },
  {
    name: "engine/pkg: a wrong full_name is found and corrected",
    run: checkWithPkg,
  },
];

/** The cases as rows for `it.each("%s")`, which cuts off names given by `$name`. */
export const caseRows = cases.map((one) => [one.name, one] as const);

async function contentOf(target: Target, remote: string): Promise<Buffer> {
  return withLocal(async (file) => {
    await target.get(remote, file);
    return readFileSync(file);
  });
}

async function putContent(target: Target, content: Buffer, remote: string): Promise<void> {
  await withLocal(async (file) => {
    writeFileSync(file, content);
    await target.put(file, remote);
  });
}

async function withLocal<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-suite-"));
  try {
    return await work(path.join(folder, "content"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
