import { describe, expect, it } from "vitest";
import { TruncatedError } from "../../engine/fetch/fetch-error.js";
import type { PackageFailure } from "../../engine/pkg/failure.js";
import type { InstallerCache } from "../../engine/pkg/files/installer-cache.js";
import { PackageFiles } from "../../engine/pkg/files/package-file.js";
import { install } from "../../engine/pkg/install.js";
import { VersionDefinition } from "../../engine/pkg/plan/definition.js";
import { remove } from "../../engine/pkg/remove.js";
import type { PackageSelection } from "../../engine/pkg/request.js";
import { listAvailable } from "../../engine/repo/queries.js";
import { readSaltVersion, type SaltVersion } from "../../engine/salt-version/salt-version.js";
import { Dict, PyFloat } from "../../engine/value/types.js";
import { database } from "./database.js";
import { machineWith, registers } from "./machine.js";

const release = (text: string) => readSaltVersion(text)?.version as SaltVersion;
const x = { full_name: "x", installer: "https://h/x.exe", install_flags: "/S %TEMP%" };

function machine(versions: readonly string[], installed: readonly [string, string][] = []) {
  return machineWith({
    repo: { x: Object.fromEntries(versions.map((version) => [version, x])) },
    installed,
    runs: [registers("x", versions.at(-1) ?? "")],
  });
}

async function answer(versions: readonly string[], selection: PackageSelection, salt: string) {
  const { machine: target, context } = machine(versions);
  const { salt: given } = await install({ ...context, salt: release(salt) }, selection);
  return [given, target.trace().commands.length];
}

describe("pkg.install with a number as version", () => {
  const float = { name: "x", version: new PyFloat(1.1) };
  it.each([
    ["3006.25", ["1.10"], { x: { "not found": "1.1" } }, 0],
    ["3006.26", ["1.10"], { x: { new: "1.10", old: "" } }, 1],
    ["3007.14", ["1.0", "1.10", "1.1"], { x: { new: "1.1", old: "" } }, 1],
    ["3007.15", ["1.0", "1.10", "1.1"], { x: { "ambiguous version": "1.1" } }, 0],
    ["3008.2", ["1.0", "2"], { x: { "not found": "1.1" } }, 0],
  ])("on %s with %j", async (salt, versions, expected, runs) => {
    expect(await answer(versions, float, salt)).toEqual([expected, runs]);
  });

  it("takes a text and a list as they are", async () => {
    expect(await answer(["1.10"], { name: "x", version: "1.1" }, "3007.16")).toEqual([
      { x: { "not found": "1.1" } },
      0,
    ]);
  });

  it("is never resolved for pkg.remove", async () => {
    const { context } = machine(["1.10"], [["x", "1.10"]]);
    const { salt: given } = await remove({ ...context, salt: release("3007.16") }, float);
    expect(given).toEqual({ x: { current: "1.1 no definition, cannot removed" } });
  });
});

describe("what else depends on the release", () => {
  it("force is ignored before it came", async () => {
    for (const [salt, runs] of [
      ["3006.14", 0],
      ["3006.15", 1],
    ] as const) {
      const { machine: target, context } = machine(["1.0"], [["x", "1.0"]]);
      const { report } = await install({ ...context, salt: release(salt) }, { name: "x" }, { force: true });
      expect(target.trace().commands.length, salt).toBe(runs);
      expect(report.notes.join(), salt).toBe(
        runs ? "" : "Salt 3006.14 ignores 'force'; it counts since 3006.15, 3007.7 and 3008.0.",
      );
    }
  });

  it("list_available is not reversed where Salt does not know it", () => {
    const data = database({ x: { "1.0": x, "1.9": x, "1.10": x } });
    const listed = (salt: string) => listAvailable(data, ["x"], { reverseSort: true, salt: release(salt) });
    expect(listed("3006.30")).toEqual(["1.0", "1.9", "1.10"]);
    expect(listed("3007.2")).toEqual(["1.10", "1.9", "1.0"]);
  });
});

describe("a download that ends early", () => {
  const url = "https://h/x.exe";
  const cache: Partial<InstallerCache> = {
    existing: async () => undefined,
    file: async () => {
      throw new TruncatedError(url, 100, 40);
    },
  };
  const failure = async (salt: string) => {
    const definition = new VersionDefinition("x", "1.0", new Dict());
    const files = new PackageFiles(definition, cache as InstallerCache, release(salt), () => {});
    const thrown: unknown = await files.installer(url).catch((error: unknown) => error);
    return (thrown as PackageFailure).details;
  };

  it("is quoted where Salt notices it, and only told where it does not", async () => {
    expect((await failure("3007.15")).salt?.message).toBe(
      `Failed to cache ${url}\nFailed to download ${url}: expected 100 bytes but received 40 bytes (truncated download)`,
    );
    const later = await failure("3008.5");
    expect(later.salt).toBeUndefined();
    expect(later.message).toBe(
      `${url}: 40 of 100 bytes came. Salt 3008.5 does not notice, and would run what has come.`,
    );
  });
});
