import { expect, it } from "vitest";
import { CommandOutput } from "../../engine/cli/output.js";
import { LiveProgress } from "../../engine/cli/pkg/live-progress.js";

function progressOn(isTTY: boolean) {
  let text = "";
  const progress = new LiveProgress(new CommandOutput({ isTTY, write: (part: string) => (text += part) }));
  return { progress, written: () => text };
}

it("writes a line per step where nobody watches", () => {
  const { progress, written } = progressOn(false);
  progress.report({ message: "Reading the registry" });
  progress.report({ message: "Reading the registry" });
  progress.report({ message: "https://h/x.exe", done: 1, total: 2 });
  progress.end();
  expect(written()).toBe("Reading the registry\n");
});

it("writes over one line on a terminal, and takes it away", () => {
  const { progress, written } = progressOn(true);
  progress.report({ message: "https://h/x.exe", done: 1024 * 1024, total: 4 * 1024 * 1024 });
  progress.report({ message: "a.sls", done: 1, total: 3 });
  progress.end();
  const [, first = "", second = "", last = ""] = written().split("\r");
  expect(first).toBe("https://h/x.exe 25 % of 4.0 MB");
  expect(second.trimEnd()).toBe("a.sls 33 % of 3");
  expect(last.trim()).toBe("");
  expect(second).toHaveLength(first.length);
});

it("keeps to one line, whatever the address", () => {
  const { progress, written } = progressOn(true);
  progress.report({ message: `https://h/${"x".repeat(500)}.exe` });
  expect(written().length).toBeLessThan(120);
});
