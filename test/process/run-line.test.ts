import { describe, expect, it } from "vitest";
import { ProcessError } from "../../engine/process/run.js";
import { runLine } from "../../engine/process/run-line.js";

const node = process.execPath;
const options = { cwd: "/", timeoutMs: 60_000 };

// Windows' own rules are shown by the suite on target windows; here is what holds everywhere.
describe.skipIf(process.platform === "win32")("runLine", () => {
  it("gives both streams together and the exit code", async () => {
    const result = await runLine({ file: "/bin/sh", argv0: "sh", rest: "" }, options);
    expect(result).toMatchObject({ exitCode: 0, timedOut: false, stderr: "" });
    const version = await runLine({ file: node, argv0: "node", rest: " --version" }, options);
    expect(version.stdout.trim()).toBe(process.version);
    const failed = await runLine({ file: node, argv0: "node", rest: " --no-such-option" }, options);
    expect(failed.exitCode).toBe(9);
    expect(failed.stdout).toContain("--no-such-option");
  });

  it("says when there is no such program", async () => {
    const missing = runLine({ file: "/no/such/program", argv0: "program", rest: "" }, options);
    await expect(missing).rejects.toBeInstanceOf(ProcessError);
    await expect(missing).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("ends a program at the time limit and at the signal", async () => {
    const waits = { file: node, argv0: "node", rest: " --eval=setInterval(()=>{},1000)" };
    expect(await runLine(waits, { ...options, timeoutMs: 300 })).toMatchObject({ timedOut: true, exitCode: undefined });
    const abort = new AbortController();
    const running = runLine(waits, { ...options, signal: abort.signal });
    abort.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
  });
});
