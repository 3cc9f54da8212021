import { describe, expect, it } from "vitest";
import { renderRunReport, tryOutcome } from "../../engine/cli/report/run-report.js";
import type { ActionReport, PackageReport } from "../../engine/pkg/report.js";

const world = { cwd: "/work", date: new Date("2026-01-02T03:04:05Z") };
const place = { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } };
const nothing = { fetched: [], commands: [], appeared: [], disappeared: [], problems: [], corrections: [] };

function report(packages: readonly PackageReport[], more: Partial<ActionReport> = {}): ActionReport {
  const target = { name: "lab", kind: "ssh" } as const;
  return { action: "install", target, dryRun: false, rebootRequired: false, packages, notes: [], ...more };
}

const tool: PackageReport = {
  ...nothing,
  package: "tool",
  version: "2.0",
  status: "doubtful",
  summary: "tool 2.0: registered under another name.",
  fetched: [{ url: "https://example.com/tool.msi", path: "C:\\cache\\tool.msi", reused: true, notes: ["resumed"] }],
  commands: [
    { line: '"C:\\cache\\tool.msi" /S ', cwd: "C:\\cache", exitCode: 3010, milliseconds: 1234, output: "All done.\n" },
    { line: "cleanup", timedOut: true },
  ],
  appeared: [
    {
      name: "Tool Pro",
      version: "2.0.1",
      hive: "HKLM",
      view: "32",
      key: "Software\\Tool",
      uninstallString: undefined,
      quietUninstallString: undefined,
      windowsInstaller: false,
    },
  ],
  problems: [
    {
      code: "name-differs",
      severity: "error",
      package: "tool",
      message: "The name differs.",
      location: { file: "/work/apps/tool.sls", range: place },
    },
  ],
  corrections: [
    { package: "tool", version: "2.0", key: "full_name", from: "Tool", to: "Tool Pro", reason: "It is called so." },
  ],
};

const install = (parts: ActionReport, ok = false) =>
  renderRunReport({ title: "install tool", ok, parts: [{ report: parts }], notes: ["Refreshed before."] }, world);

/** The text of a page, without its style. */
const words = (html: string) =>
  html
    .replace(/<style>[\s\S]*<\/style>/, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#92;", "\\")
    .replace(/\s+/g, " ");

describe("the HTML page of a run", () => {
  it("tells what was fetched, run, registered, is wrong and should be corrected", async () => {
    const text = words(await install(report([tool], { rebootRequired: true })));
    for (const part of [
      "winrepo install tool Target lab (ssh) · 2026-01-02 03:04 UTC 1 package doubtful",
      "Refreshed before. The target wants to be restarted.",
      "tool 2.0 doubtful tool 2.0: registered under another name.",
      "● error The name differs. apps/tool.sls:5:3",
      "full_name Tool → Tool Pro It is called so.",
      "from the cache https://example.com/tool.msi C:\\cache\\tool.msi resumed",
      "exit 3010, 1.2 s &quot;C:\\cache\\tool.msi&quot; /S in C:\\cache What it wrote All done.",
      "time limit cleanup",
      "new Tool Pro 2.0.1 HKLM\\Software\\Tool (32-bit)",
    ])
      expect(text).toContain(part);
  });

  it("says that a dry run did nothing, and when there was nothing to do", async () => {
    expect(words(await install(report([], { dryRun: true }), true))).toContain(
      "dry run: nothing was fetched or run There was nothing to do.",
    );
  });

  it("shows a try as an installation and a removal, with what was left behind", async () => {
    const left = {
      code: "left-behind",
      severity: "error",
      package: "tool",
      message: "Tool Pro is still there.",
    } as const;
    const result = {
      ok: false,
      summary: "Tool Pro is still there.",
      install: report([{ ...nothing, package: "tool", status: "installed", summary: "" }]),
      remove: report([{ ...nothing, package: "tool", status: "removed", summary: "tool was removed." }]),
      leftBehind: [],
      problems: [left],
      corrections: [],
    };
    const text = words(await renderRunReport(tryOutcome("tool", result), world));
    expect(text).toMatch(
      /try tool .* Tool Pro is still there\. Installing tool installed Removing tool removed tool was removed\. .*error Tool Pro is still there\./,
    );
  });

  it("runs nothing of what others wrote, and tells no secrets", async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u001b[2J';
    const secret = "https://me:s3cret@host/x.exe?token=abc";
    const html = await install(
      report(
        [
          {
            ...tool,
            package: evil,
            version: evil,
            summary: evil + secret,
            fetched: [{ url: secret + evil, path: evil, reused: false, notes: [evil] }],
            commands: [{ line: `${evil} ${secret}`, output: evil + secret, notes: [secret] }],
            corrections: [{ package: evil, version: evil, key: evil, from: [evil], to: secret, reason: evil }],
            problems: [{ code: "hang", severity: "warning", package: evil, message: evil + secret }],
          },
        ],
        { notes: [evil], target: { name: evil, kind: "wine" } },
      ),
    );
    expect(html).not.toMatch(/<script|<img|s3cret|token=abc|\u001b/);
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});
