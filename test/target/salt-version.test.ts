import { describe, expect, it } from "vitest";
import { machineSaltVersion } from "../../engine/target/salt-version.js";
import type { RegistryKey, Target } from "../../engine/target/target.js";
import type { Json } from "../../engine/value/types.js";

/** As much of a machine as is asked: its grains, and what is registered as installed in its 32-bit view. */
function machine(grains: { [name: string]: Json }, installed: readonly [string, string][] = []): Target {
  const subkeys = installed.map(([name, version]): RegistryKey => {
    const text = (data: string) => ({ type: "REG_SZ", data });
    const values = new Map([
      ["DisplayName", text(name)],
      ["DisplayVersion", text(version)],
    ]);
    return { name, values, subkeys: [] };
  });
  const readRegistry: Target["readRegistry"] = async (_hive, name, view) =>
    view === "32" ? { name, values: new Map(), subkeys } : undefined;
  return { grains: async () => grains, readRegistry } as Partial<Target> as Target;
}

describe("which Salt a machine runs", () => {
  it.each([
    [machine({ saltversion: "3006.9" }, [["Salt Minion 3007.1", "3007.1"]]), "3006.9"],
    [machine({ saltversion: 3008.4 }), "3008.4"],
    [
      machine({}, [
        ["Other", "1"],
        ["Salt Minion 3007.1 (Python 3)", "3007.1"],
      ]),
      "3007.1",
    ],
    [machine({ saltversion: "n/a" }, [["Salt Minion", "?"]]), undefined],
    [machine({}), undefined],
  ])("%#", async (target, version) => expect(await machineSaltVersion(target)).toBe(version));
});
