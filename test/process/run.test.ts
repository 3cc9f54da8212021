import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startLongLived } from "../../engine/process/long-lived.js";
import { ProcessError, run } from "../../engine/process/run.js";

const node = process.execPath;
const folders: string[] = [];
function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-test-"));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 1_000; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    // An ended child whose parent is gone too may wait for init to collect it.
    if (/^State:\s+Z/m.test(statusOf(pid))) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

describe("run", () => {
  it("gives exit code and both streams", async () => {
    const result = await run(node, ["-e", "console.log('out é'); console.error('err'); process.exitCode = 7"]);
    expect(result).toEqual({ exitCode: 7, stdout: "out é\n", stderr: "err\n", timedOut: false });
  });

  it("hands arguments over as they are", async () => {
    const odd = ["a b", 'c"d', "$HOME", "*", "%PATH%", "", "ü;|&"];
    const result = await run(node, ["-e", "console.log(JSON.stringify(process.argv.slice(1)))", "--", ...odd]);
    expect(JSON.parse(result.stdout)).toEqual(odd);
  });

  it("feeds standard input, sets and removes variables, uses the folder", async () => {
    const cwd = scratch();
    process.env.WINREPO_TEST_GONE = "x";
    const script =
      "process.stdin.on('data', d => console.log(String(d), process.env.A, process.env.WINREPO_TEST_GONE, process.cwd()))";
    const result = await run(node, ["-e", script], { cwd, input: "in", env: { A: "b", WINREPO_TEST_GONE: undefined } });
    expect(result.stdout).toBe(`in b undefined ${cwd}\n`);
  });

  it("has an empty input without one", async () => {
    const script = "process.stdin.on('end', () => console.log('end')).resume()";
    expect((await run(node, ["-e", script], { timeoutMs: 60_000 })).stdout).toBe("end\n");
  });

  it("ends a program and its offspring at the time limit", async () => {
    const pidFile = path.join(scratch(), "pid");
    const script = `const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'inherit'});
      require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(c.pid)); setInterval(() => {}, 1000)`;
    // A busy machine may need longer until the offspring is there.
    for (let timeoutMs = 700; !existsSync(pidFile); timeoutMs *= 2) {
      expect(await run(node, ["-e", script], { timeoutMs })).toMatchObject({ exitCode: undefined, timedOut: true });
    }
    expect(await gone(Number(readFileSync(pidFile, "utf8")))).toBe(true);
  });

  it("rejects with the reason when aborted, also before the start", async () => {
    const abort = new AbortController();
    const running = run(node, ["-e", "setInterval(() => {}, 1000)"], { signal: abort.signal });
    setTimeout(() => abort.abort(new Error("enough")), 100);
    await expect(running).rejects.toThrow("enough");
    await expect(run(node, ["-e", "0"], { signal: abort.signal })).rejects.toThrow("enough");
  });

  it("does not wait for offspring that keeps a captured file open", async () => {
    const pidFile = path.join(scratch(), "pid");
    const script = `const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'inherit', detached: true});
      require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(c.pid)); c.unref(); console.log('one'); console.error('two')`;
    const result = await run(node, ["-e", script], { capture: "file" });
    expect(result).toEqual({ exitCode: 0, stdout: "one\ntwo\n", stderr: "", timedOut: false });
    expect(process.kill(Number(readFileSync(pidFile, "utf8")), "SIGKILL")).toBe(true);
  });

  it("says what could not be started", async () => {
    const failure = await run("winrepo-no-such-program", []).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProcessError);
    expect(failure).toMatchObject({
      code: "ENOENT",
      message: "Cannot start winrepo-no-such-program: it was not found.",
    });
  });
});

describe("startLongLived", () => {
  it("runs until it is stopped", async () => {
    const child = await startLongLived(node, ["-e", "console.error('up'); setInterval(() => {}, 1000)"]);
    for (let tries = 0; tries < 1_000 && !child.stderr(); tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(child.stderr()).toBe("up\n");
    await child.stop();
    expect(await gone(child.pid)).toBe(true);
  });

  it("tells its own end", async () => {
    const child = await startLongLived(node, ["-e", "process.exit(5)"]);
    expect(await child.exited).toBe(5);
  });

  it("rejects when there is no such program", async () => {
    await expect(startLongLived("winrepo-no-such-program", [])).rejects.toThrow("it was not found");
  });
});
