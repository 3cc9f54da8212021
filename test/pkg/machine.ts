import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "vitest";
import type { PkgContext } from "../../engine/pkg/context.js";
import type { WallClock } from "../../engine/pkg/run/clock.js";
import type { WinrepoData } from "../../engine/repo/database.js";
import { database, type TestRepo } from "./database.js";
import type { Scenario, ScenarioRun, ScenarioValues } from "./scenario/scenario.js";
import { ScriptedMachine } from "./scenario/scripted-machine.js";

const uninstall = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";

export interface MachineSetup {
  readonly repo: TestRepo;
  /** Installed before: display name and version. */
  readonly installed?: readonly (readonly [name: string, version: string])[];
  readonly runs?: readonly ScenarioRun[];
  readonly sources?: readonly string[];
  readonly raises?: readonly string[];
  readonly cached?: readonly string[];
  readonly files?: readonly string[];
  readonly hashes?: Scenario["hashes"];
  readonly registry64?: { readonly [path: string]: ScenarioValues };
  readonly registry32?: { readonly [path: string]: ScenarioValues };
}

export interface TestMachine {
  readonly machine: ScriptedMachine;
  readonly context: PkgContext;
  readonly repo: WinrepoData;
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A scripted machine whose installed software and programs are given in a line each. */
export function machineWith(setup: MachineSetup): TestMachine {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-pkg-"));
  folders.push(folder);
  const entries = (setup.installed ?? []).map(([name, version]) => [keyOf(name, version), entry(name, version)]);
  const machine = new ScriptedMachine(
    {
      id: "test",
      repo: setup.repo,
      registry: {
        "64": { [uninstall]: {}, ...Object.fromEntries(entries), ...setup.registry64 },
        "32": { [uninstall]: {}, ...setup.registry32 },
      },
      sources: setup.sources ?? urlsOf(setup.repo),
      raises: setup.raises ?? [],
      cached: setup.cached ?? [],
      files: setup.files ?? [],
      hashes: setup.hashes ?? {},
      runs: setup.runs ?? [],
      call: { fn: "", args: [], kwargs: {} },
      salt: { commands: [], fetched: [], tasks: [], reboot: false },
    },
    folder,
  );
  const repo = database(setup.repo);
  return { machine, repo, context: { target: machine, sources: machine, repo, clock: instantClock() } };
}

/** A program that registers software. */
export function registers(name: string, version: string, exit = 0, more: ScenarioValues = {}): ScenarioRun {
  return { exit, set: [["64", keyOf(name, version), { ...entry(name, version), ...more }]] };
}

/** A program that removes software from the registry. */
export function unregisters(name: string, version: string, exit = 0): ScenarioRun {
  return { exit, delete: [["64", keyOf(name, version)]] };
}

export function uninstallKey(name: string): string {
  return `${uninstall}\\${name}`;
}

export function entry(name: string, version: string): ScenarioValues {
  return {
    DisplayName: ["REG_SZ", name],
    DisplayVersion: ["REG_SZ", version],
    UninstallString: ["REG_SZ", "C:\\u.exe"],
  };
}

function keyOf(name: string, version: string): string {
  return uninstallKey(`${name} ${version}`);
}

function urlsOf(repo: TestRepo): string[] {
  return Object.values(repo)
    .flatMap((versions) => Object.values(versions))
    .flatMap(({ installer, uninstaller }) => [installer, uninstaller])
    .filter((url) => typeof url === "string");
}

export function instantClock(): WallClock & { readonly slept: number } {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    get slept() {
      return time;
    },
  };
}
