import fc from "fast-check";
import { expect, it } from "vitest";
import { install } from "../../engine/pkg/install.js";
import { listPkgs } from "../../engine/pkg/list-pkgs.js";
import { remove } from "../../engine/pkg/remove.js";
import type { Json } from "../../engine/value/types.js";
import { machineWith, uninstallKey } from "./machine.js";
import type { ScenarioValues } from "./scenario/scenario.js";

const value = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    1,
    1.5,
    "",
    "x",
    "salt://a/x.exe",
    "https://h/x.exe",
    "C:\\x.exe",
    "{1234}",
    "%X%/u.exe",
    "False",
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

const attributes = fc.record(
  Object.fromEntries(
    [
      "installer",
      "install_flags",
      "uninstaller",
      "uninstall_flags",
      "msiexec",
      "allusers",
      "cache_dir",
      "cache_file",
      "use_scheduler",
      "source_hash",
    ].map((key) => [key, value]),
  ),
  { requiredKeys: [] },
);

it("has an answer for every package, whatever its definition says", async () => {
  await fc.assert(
    fc.asyncProperty(attributes, fc.integer(), fc.boolean(), async (odd, exit, removing) => {
      const { context } = machineWith({
        repo: {
          odd: { "1.0": { full_name: "Odd", ...odd } },
          fine: { "1.0": { full_name: "Fine", installer: "C:\\f.exe", uninstaller: "C:\\f.exe" } },
        },
        installed: removing
          ? [
              ["Odd", "1.0"],
              ["Fine", "1.0"],
            ]
          : [],
        sources: ["salt://a/x.exe", "https://h/x.exe"],
        runs: [{ exit }, { exit: 0 }],
      });
      const act = removing ? remove : install;
      const { salt, report } = await act(context, { pkgs: ["odd", "fine"] });
      expect(report.packages.map(({ summary }) => summary === "")).toEqual([false, false]);
      expect(salt).toHaveProperty("fine");
      // A task's exit code is nobody's, and then nothing stands under the name.
      if (!odd.use_scheduler) expect(salt).toHaveProperty("odd");
      for (const problem of report.packages.flatMap(({ problems }) => problems)) expect(problem.message).not.toBe("");
    }),
    { numRuns: 300 },
  );
});

const registryValue = fc.tuple(
  fc.constantFrom("REG_SZ", "REG_EXPAND_SZ", "REG_DWORD", "REG_QWORD", "REG_BINARY", "REG_NONE"),
  fc.oneof(fc.string(), fc.integer({ min: 0 }), fc.constant("1"), fc.constant("")),
) as fc.Arbitrary<readonly [string, string | number]>;

it("lists whatever is in a registry", async () => {
  const names = [
    "DisplayName",
    "DisplayVersion",
    "UninstallString",
    "SystemComponent",
    "WindowsInstaller",
    "NoRemove",
    "ReleaseType",
    "ParentKeyName",
  ];
  const key = fc.record(Object.fromEntries(names.map((name) => [name, registryValue])), { requiredKeys: [] });
  await fc.assert(
    fc.asyncProperty(
      fc.array(key as fc.Arbitrary<ScenarioValues>, { maxLength: 5 }),
      fc.boolean(),
      async (keys, all) => {
        const registry64 = Object.fromEntries(keys.map((values, index) => [uninstallKey(`k${index}`), values]));
        const { machine, repo } = machineWith({ repo: {}, registry64 });
        const found = await listPkgs(machine, repo, { includeComponents: all, includeUpdates: all });
        for (const versions of found.values()) expect(versions.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 200 },
  );
});
