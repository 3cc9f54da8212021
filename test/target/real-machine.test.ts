import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Connection } from "../../engine/target/real/connection.js";
import { RealTarget } from "../../engine/target/real/real-target.js";
import { taskXml } from "../../engine/target/real/task-scheduler.js";
import type { RunResult } from "../../engine/target/target.js";

type Answer = Partial<RunResult> | undefined;

/** A machine that answers by a script and notes what it was asked. */
class ScriptedConnection implements Connection {
  readonly kind = "windows";
  readonly tempFolder = "C:\\tmp";
  readonly asked: string[] = [];
  readonly files = new Map<string, Buffer>();
  readonly sent = new Map<string, Buffer>();
  readonly #answers: (line: string) => Answer;
  constructor(
    answers: (line: string) => Answer,
    readonly hasScheduler = true,
  ) {
    this.#answers = answers;
  }
  async run(line: string): Promise<RunResult> {
    this.asked.push(line);
    return { exitCode: 0, output: "", timedOut: false, ...this.#answers(line) };
  }
  tool(program: string, args: readonly string[]): Promise<RunResult> {
    return this.run([program, ...args].join(" "));
  }
  async put(localFile: string, path: string): Promise<void> {
    this.sent.set(path, readFileSync(localFile));
  }
  async get(_path: string, localFile: string): Promise<void> {
    writeFileSync(localFile, this.files.values().next().value!);
  }
  async exists(): Promise<boolean> {
    return false;
  }
  async isFolder(): Promise<boolean> {
    return false;
  }
  async remove(): Promise<void> {}
  async discard(path: string): Promise<void> {
    this.asked.push(`discard ${path.replace(/[0-9a-f]{12}/, "X")}`);
  }
  async hash(): Promise<string> {
    return "";
  }
  async close(): Promise<void> {}
}

const exported = (text: string) => Buffer.from(`\ufeffWindows Registry Editor Version 5.00\r\n\r\n${text}`, "utf16le");

describe("RealTarget", () => {
  it("reads the registry by exports and clears them away", async () => {
    const connection = new ScriptedConnection(() => undefined);
    connection.files.set(
      "x",
      exported(
        '[HKEY_LOCAL_MACHINE\\Software\\App]\r\n"Name"="ü"\r\n\r\n[HKEY_LOCAL_MACHINE\\Software\\App\\Sub\\Deep]\r\n',
      ),
    );
    const target = new RealTarget("x", connection);
    const key = await target.readRegistry("HKLM", "SOFTWARE\\app", "32", 1);
    expect(key).toEqual({
      name: "App",
      values: new Map([["Name", { type: "REG_SZ", data: "ü" }]]),
      subkeys: [{ name: "Sub", values: new Map(), subkeys: [] }],
    });
    expect(connection.asked.map((line) => line.replace(/[0-9a-f]{12}/, "X"))).toEqual([
      "reg.exe export HKLM\\SOFTWARE\\app C:\\tmp\\winrepo-X.reg /y /reg:32",
      "discard C:\\tmp\\winrepo-X.reg",
    ]);
  });

  it("knows a missing key from a failure", async () => {
    const answers = [
      { exitCode: 1 },
      { exitCode: 5, output: "Access is denied." },
      { exitCode: undefined, timedOut: true },
    ];
    const target = new RealTarget("x", new ScriptedConnection(() => answers.shift()));
    expect(await target.readRegistry("HKLM", "a", "64", 0)).toBeUndefined();
    await expect(target.readRegistry("HKLM", "a", "64", 0)).rejects.toThrow("Access is denied");
    await expect(target.readRegistry("HKLM", "a", "64", 0)).rejects.toThrow("took too long");
  });

  it("lists users by name and reads each once per sweep", async () => {
    const connection = new ScriptedConnection((line) =>
      line === "reg.exe query HKU"
        ? { output: "\r\nHKEY_USERS\\.DEFAULT\r\nHKEY_USERS\\S-1-5-18\r\n" }
        : { exitCode: 1 },
    );
    const target = new RealTarget("x", connection);
    const sweep = async () => {
      for (const view of ["64", "32"] as const) {
        const users = await target.readRegistry("HKU", "", view, 1);
        expect(users?.subkeys.map(({ name }) => name)).toEqual([".DEFAULT", "S-1-5-18"]);
        await target.readRegistry("HKU", "S-1-5-18\\x", view, 1);
      }
    };
    await sweep();
    expect(connection.asked).toHaveLength(2);
    await sweep();
    expect(connection.asked).toHaveLength(4);
    await target.readRegistry("HKU", "S-1-5-18\\x", "64", 1);
    await target.run("something");
    await target.readRegistry("HKU", "S-1-5-18\\x", "32", 1);
    expect(connection.asked).toHaveLength(7);
  });

  it("writes values of each type", async () => {
    const connection = new ScriptedConnection(() => undefined);
    const target = new RealTarget("x", connection);
    await target.writeRegistry("HKLM", "k", "", { type: "REG_SZ", data: "d" });
    await target.writeRegistry("HKLM", "k", "n", { type: "REG_MULTI_SZ", data: ["a", "b"] });
    expect(connection.asked).toEqual([
      "reg.exe add HKLM\\k /ve /t REG_SZ /d d /f /reg:64",
      "reg.exe add HKLM\\k /v n /t REG_MULTI_SZ /d a\\0b /f /reg:64",
    ]);
  });

  it("writes what goes with a restart by PowerShell, and by reg.exe where that does nothing", async () => {
    const flag = { type: "REG_DWORD", data: 1 };
    const works = new ScriptedConnection(() => undefined);
    works.files.set("x", exported('[HKEY_LOCAL_MACHINE\\k]\r\n"it\'s"=dword:00000001\r\n'));
    await new RealTarget("x", works).writeRegistry("HKLM", "k", "it's", flag, true);
    const [powershell, ...rest] = works.asked;
    const script = Buffer.from(powershell!.split(" ").at(-1)!, "base64").toString("utf16le");
    expect(script).toContain("[Microsoft.Win32.RegistryOptions]::Volatile)");
    expect(script).toContain("SetValue('it''s', 1, 'DWord')");
    expect(rest.some((line) => line.startsWith("reg.exe add"))).toBe(false);

    const stub = new ScriptedConnection((line) => (line.startsWith("reg.exe export") ? { exitCode: 1 } : undefined));
    await new RealTarget("x", stub).writeRegistry("HKLM", "k", "n", flag, true);
    expect(stub.asked.at(-1)).toBe("reg.exe add HKLM\\k /v n /t REG_DWORD /d 1 /f /reg:64");
  });

  it("works out the grains of a Windows 11 and of a server", async () => {
    const machine = (text: string, environment: string) => {
      const connection = new ScriptedConnection((line) => (line === "set" ? { output: environment } : undefined));
      connection.files.set(
        "x",
        exported(`[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion]\r\n${text}`),
      );
      return new RealTarget("x", connection).grains();
    };
    const eleven =
      '"ProductName"="Windows 10 Pro"\r\n"CurrentBuild"="26100"\r\n"CurrentMajorVersionNumber"=dword:0000000a\r\n"CurrentMinorVersionNumber"=dword:00000000\r\n';
    expect(
      await machine(eleven, "PROCESSOR_ARCHITECTURE=AMD64\r\nCOMPUTERNAME=PC7\r\nNUMBER_OF_PROCESSORS=8\r\n"),
    ).toMatchObject({
      osrelease: "11",
      osfullname: "Microsoft Windows 11 Pro",
      osversion: "10.0.26100",
      cpuarch: "AMD64",
      osarch: "64-bit",
      host: "PC7",
      num_cpus: 8,
    });
    const server =
      '"ProductName"="Windows Server 2012 R2 Standard"\r\n"CurrentBuild"="9600"\r\n"CurrentVersion"="6.3"\r\n';
    expect(await machine(server, "PROCESSOR_ARCHITECTURE=x86\r\nPROCESSOR_ARCHITEW6432=AMD64\r\n")).toMatchObject({
      osrelease: "2012ServerR2",
      osversion: "6.3.9600",
      osmajorrelease: 2012,
      cpuarch: "AMD64",
    });
  });
});

describe("scheduled tasks", () => {
  const task = {
    name: "update-salt-software",
    program: "C:\\a b\\x.exe",
    arguments: '/S "1 & 2"',
    cwd: "C:\\a b",
    wait: true,
  };
  const status = (word: string) => ({ output: `"\\update-salt-software","N/A","${word}"\r\n` });

  it("are laid down as Salt lays them down", () => {
    const xml = taskXml(task);
    expect(xml).toContain("<StartBoundary>1975-01-01T01:00:00</StartBoundary>");
    expect(xml).toContain("<UserId>S-1-5-18</UserId>");
    expect(xml).toContain("<Arguments>/S &#34;1 &#38; 2&#34;</Arguments>");
    expect(xml).toContain("<WorkingDirectory>C:\\a b</WorkingDirectory>");
  });

  it("are waited for, whatever the machine's language", async () => {
    const words = ["Bereit", "Wird ausgeführt", "Wird ausgeführt", "Bereit"];
    const connection = new ScriptedConnection((line) =>
      line.includes("/query") ? status(words.shift() ?? "Bereit") : undefined,
    );
    expect(await new RealTarget("x", connection).runTask(task)).toBe(true);
    const [sent] = connection.sent.values();
    expect(sent!.toString("utf16le", 2)).toBe(taskXml(task));
    expect(connection.asked.filter((line) => line.includes("/run"))).toEqual([
      "schtasks.exe /run /tn update-salt-software",
    ]);
    expect(words).toEqual([]);
  });

  it("that cannot be made or started are told", async () => {
    for (const refused of ["/create", "/run"]) {
      const connection = new ScriptedConnection((line) => (line.includes(refused) ? { exitCode: 1 } : status("Ready")));
      expect(await new RealTarget("x", connection).runTask(task)).toBe(false);
    }
  });

  it("are plain programs where there is no scheduler", async () => {
    const connection = new ScriptedConnection(() => undefined, false);
    expect(await new RealTarget("x", connection).runTask(task)).toBe(true);
    expect(connection.asked).toEqual(['"C:\\a b\\x.exe" /S "1 & 2"']);
  });
});
