import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Fetcher } from "../../engine/fetch/fetcher.js";
import { install } from "../../engine/pkg/install.js";
import { remove } from "../../engine/pkg/remove.js";
import { escapeForCmd } from "../../engine/process/cmd-escaping.js";
import type { RunOptions } from "../../engine/target/target.js";
import type { Json } from "../../engine/value/types.js";
import { machineWith, registers } from "./machine.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-one-failure-"));
  for (const name of ["x.exe", "fine.exe"]) writeFileSync(path.join(folder, name), name);
  // Sparse: it takes no room.
  writeFileSync(path.join(folder, "SUMS"), "");
  truncateSync(path.join(folder, "SUMS"), 600 * 1024 ** 2);
});
afterAll(() => rmSync(folder, { recursive: true }));

const fine = { full_name: "Fine", installer: "salt://fine.exe", uninstaller: "salt://fine.exe" };

function calls(odd: { [key: string]: Json }, installed: readonly [string, string][] = []) {
  const { machine, context } = machineWith({
    repo: { odd: { "1.0": { full_name: "Odd", installer: "salt://x.exe", ...odd } }, fine: { "1.0": fine } },
    installed,
    runs: [registers("Fine", "1.0")],
  });
  const store = path.join(folder, "store");
  return { machine, context: { ...context, sources: new Fetcher({ store, mounts: [{ at: "", folder }] }) } };
}

describe("what is wrong with one package stops no other", () => {
  it.each([
    ["a NUL in its flags", { install_flags: "/S \0 /Q" }, /NUL/],
    ["a line break in its flags", { install_flags: "/S\n/Q" }, /line break/],
    ["a NUL in its installer", { installer: "C:\\a\0b.exe" }, /NUL/],
    ["a NUL in its address", { installer: "salt://a\0b.exe" }, /Windows cannot hold|leads out/],
    [
      "a list of checksums of 600 MB",
      { source_hash: "salt://SUMS" },
      /SUMS is larger than the limit of 16777216 bytes/,
    ],
    ["a host that leads out of the cache", { installer: "http://h\\..\\..\\x/a.exe" }, /no place in the cache/],
  ] as [string, { [key: string]: Json }, RegExp][])("%s", async (_, odd, message) => {
    const { machine, context } = calls(odd);
    // As Wine and ssh start programs.
    const run = machine.run.bind(machine);
    machine.run = async (line: string, options?: RunOptions) => run(escapeForCmd(line), options);
    const { report } = await install(context, { pkgs: ["odd", "fine"] });
    expect(report.packages.map(({ status }) => status)).toEqual(["failed", "installed"]);
    expect(report.packages[0]!.problems[0]!.message).toMatch(message);
  });

  it("a NUL in a command line is named with Salt's own words", async () => {
    const { report } = await install(calls({ install_flags: "/S \0 /Q" }).context, { name: "odd" });
    expect(report.packages[0]!.problems[0]!.salt).toEqual({
      exception: "ValueError",
      message: "embedded null character",
    });
  });

  it("an error that nobody foresaw", async () => {
    const { machine, context } = calls({});
    const put = machine.put.bind(machine);
    machine.put = async (file: string, place: string) => {
      if (place.endsWith("x.exe")) throw new RangeError("Invalid string length");
      await put(file, place);
    };
    const { report } = await install(context, { pkgs: ["odd", "fine"] });
    expect(report.packages.map(({ status }) => status)).toEqual(["failed", "installed"]);
    expect(report.packages[0]!.summary).toBe("Winrepo could not go on with this package: Invalid string length");
  });

  it("when packages are removed, too", async () => {
    const { context } = calls({ uninstaller: "C:\\u.exe", uninstall_flags: "\0" }, [
      ["Odd", "1.0"],
      ["Fine", "1.0"],
    ]);
    const { report } = await remove(context, { pkgs: ["odd", "fine"] });
    expect(report.packages.map(({ status }) => status)[0]).toBe("failed");
    expect(report.packages[1]!.commands).toHaveLength(1);
  });

  it("but a cancelled call ends", async () => {
    const { machine, context } = calls({});
    const abort = new AbortController();
    machine.put = async () => {
      abort.abort(new Error("the user had enough"));
      throw new Error("interrupted");
    };
    const cancelled = install({ ...context, signal: abort.signal }, { pkgs: ["odd", "fine"] });
    await expect(cancelled).rejects.toThrow("the user had enough");
  });
});

it("a list of checksums that never ends is one package's failure", async () => {
  const chunk = Buffer.alloc(1024 ** 2, "\n");
  const server = http.createServer((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { context } = calls({ source_hash: `http://127.0.0.1:${port}/SUMS` });
  const { report } = await install(context, { pkgs: ["odd", "fine"] });
  server.closeAllConnections();
  server.close();
  expect(report.packages.map(({ status }) => status)).toEqual(["failed", "installed"]);
  expect(report.packages[0]!.problems[0]!.message).toMatch(/larger than the limit of 16777216 bytes/);
});
