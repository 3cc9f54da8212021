import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Profile } from "../../engine/config/profile.js";
import { defaultProject } from "../../engine/config/project.js";
import { Fetcher } from "../../engine/fetch/fetcher.js";
import { install } from "../../engine/pkg/install.js";
import { installedVersion, joinVersions, listPkgs } from "../../engine/pkg/list-pkgs.js";
import { remove } from "../../engine/pkg/remove.js";
import type { ActionReport, ActionResult } from "../../engine/pkg/report.js";
import { InvocationError, type PackageSelection } from "../../engine/pkg/request.js";
import { renderWithAnswers } from "../../engine/pkg/target-answers.js";
import { profileOf } from "../../engine/pkg/target-database.js";
import type { WinrepoData } from "../../engine/repo/database.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { projectRepository } from "../../engine/repo/project-repository.js";
import { getPackageInfo, latestVersionOf, listAvailable, listUpgrades } from "../../engine/repo/queries.js";
import { failhardMessage, saltReturn } from "../../engine/repo/salt-return.js";
import type { Target } from "../../engine/target/target.js";
import { openWine } from "../../engine/target/wine/wine-target.js";
import { toJson } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";
import type { DumpedKey, SaltCase, SaltStep, SeenCommand, StepOutcome } from "./case.js";
import type { SaltTools } from "./tools.js";

const limitMs = 120_000;
const cacheDir = "C:\\salt-root\\var\\cache\\salt\\minion";

/** What came of a step with us: also what our report says that Salt raises. */
export interface OurOutcome extends StepOutcome {
  readonly report?: ActionReport;
}

/** Plays cases with our engine on a Wine prefix, as ../shared/salt-on-wine/differential/drive.py does with Salt. */
export class Player {
  readonly #prefix: string;
  readonly #folder: string;
  readonly #tools: SaltTools;
  readonly #target: Target;

  private constructor(target: Target, prefix: string, folder: string, tools: SaltTools) {
    this.#target = target;
    this.#prefix = prefix;
    this.#folder = folder;
    this.#tools = tools;
  }

  /** @param prefix a prefix of its own, @param folder for what is ours */
  static async open(prefix: string, folder: string, tools: SaltTools): Promise<Player> {
    const target = await openWine({ name: "wine", prefix, cacheDir });
    // What is volatile goes with the server, which else ends a few seconds after the last program.
    await quiet(prefix, "wineserver", ["-p"]);
    copyFileSync(tools.probe, path.join(prefix, "drive_c/standin.exe"));
    return new Player(target, prefix, folder, tools);
  }

  close(): Promise<void> {
    return this.#target.close();
  }

  async play(one: SaltCase): Promise<OurOutcome[]> {
    await this.#prepare(one);
    const run = new CaseRun(this.#target, path.join(this.#folder, "root"));
    const outcomes: OurOutcome[] = [];
    let seen = 0;
    let registry = "";
    for (const step of one.steps) {
      const outcome = step.call === undefined ? await this.#act(step.acts ?? "") : await run.call(step);
      const commands = this.#commands();
      const dump = await this.#dump();
      const text = JSON.stringify(dump);
      outcomes.push({
        ...outcome,
        ...(commands.length > seen && { commands: commands.slice(seen) }),
        ...(text !== registry && { registry: dump }),
      });
      seen = commands.length;
      registry = text;
    }
    return outcomes;
  }

  async #prepare(one: SaltCase): Promise<void> {
    await this.#standIn("/reset");
    const drive = path.join(this.#prefix, "drive_c");
    for (const name of ["acts", "salt-root", "T", "probe.log"])
      rmSync(path.join(drive, name), { recursive: true, force: true });
    const root = path.join(this.#folder, "root");
    rmSync(root, { recursive: true, force: true });
    mkdirSync(path.join(root, "win/repo-ng"), { recursive: true });
    mkdirSync(path.join(drive, "T"), { recursive: true });
    mkdirSync(path.join(drive, "acts"));
    for (const [name, lines] of Object.entries(one.machine.acts ?? {}))
      writeFileSync(path.join(drive, "acts", `${name}.txt`), lines.map((line) => `${line.join("\t")}\n`).join(""));
    const put = (file: string, content: string) => {
      mkdirSync(path.dirname(file), { recursive: true });
      if (content === "probe") copyFileSync(this.#tools.probe, file);
      else if (content.startsWith("msi:")) copyFileSync(this.#tools.msi(content.slice(4)), file);
      else writeFileSync(file, content);
    };
    for (const [file, content] of Object.entries(one.definitions)) put(path.join(root, "win/repo-ng", file), content);
    for (const [file, content] of Object.entries(one.salt_files)) put(path.join(root, file), content);
    for (const [file, content] of Object.entries(one.machine.files ?? {}))
      put(path.join(drive, ...file.slice(3).split("\\")), content);
  }

  async #act(acts: string): Promise<StepOutcome> {
    await this.#standIn(`/quiet-do:${acts}`);
    return {};
  }

  #commands(): SeenCommand[] {
    const file = path.join(this.#prefix, "drive_c/probe.log");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
    return lines.map((line) => {
      const { line: own, cwd, exe } = JSON.parse(line) as SeenCommand;
      return { line: own, cwd, exe };
    });
  }

  async #dump(): Promise<DumpedKey[]> {
    await this.#standIn("/dump:C:\\dump.txt");
    const text = readFileSync(path.join(this.#prefix, "drive_c/dump.txt"), "utf8");
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as DumpedKey);
  }

  /** Not by the target: what is compared must not make what it is compared with. */
  #standIn(argument: string): Promise<void> {
    return quiet(this.#prefix, "wine", ["C:\\standin.exe", argument]);
  }
}

/** The calls of one case, on the database of the last refresh. */
class CaseRun {
  #repo: WinrepoData | undefined;
  readonly #target: Target;
  readonly #root: string;

  constructor(target: Target, root: string) {
    this.#target = target;
    this.#root = root;
  }

  async call({ call = "", args = [], kwargs = {} }: SaltStep): Promise<OurOutcome> {
    try {
      const value = await this.#value(call.replace("pkg.", ""), args, kwargs);
      if (isAction(value)) return { return: value.salt as Json, report: value.report };
      return { return: value as Json };
    } catch (error) {
      if (error instanceof InvocationError) return { exception: ["SaltInvocationError", error.message] };
      if (error instanceof Failhard) return { exception: ["CommandExecutionError", error.message] };
      throw error;
    }
  }

  async #value(call: string, args: readonly string[], kwargs: { readonly [name: string]: Json }): Promise<unknown> {
    if (call === "refresh_db") return this.#refresh(kwargs);
    const repo = this.#repo!;
    const installed = () => listPkgs(this.#target, repo);
    switch (call) {
      case "install":
      case "remove":
      case "purge":
        return this.#act(call, args, kwargs, repo);
      case "list_pkgs": {
        const packages = await listPkgs(this.#target, repo, {
          includeComponents: kwargs.include_components !== false,
          includeUpdates: kwargs.include_updates !== false,
        });
        return kwargs.versions_as_list === true ? Object.fromEntries(packages) : joinVersions(packages);
      }
      case "version":
        return installedVersion(await installed(), args);
      case "latest_version":
        return plain(latestVersionOf(repo, args, await installed()));
      case "list_upgrades":
        return plain(listUpgrades(repo, await installed()));
      case "list_available":
        return plain(listAvailable(repo, args, {}));
      case "get_package_info":
        return toJson(getPackageInfo(repo, args[0] ?? ""));
      default:
        throw new Error(`A case calls ${call}, which is not played here.`);
    }
  }

  async #refresh(kwargs: { readonly [name: string]: Json }): Promise<unknown> {
    const project = defaultProject(this.#root);
    const root = path.join(this.#root, "win/repo-ng");
    const render = (profile: Profile) => {
      const repository = projectRepository(project, root, profile, { mounts: [{ at: "", folder: this.#root }] });
      const { kept, renderer, fileServer } = repository;
      return genrepo({ root, kept, renderer, fileServer });
    };
    const known = await profileOf(this.#target);
    // What only the minion knows, and what the recorded one was told in the place of WMI (sitecustomize.py there).
    const told = { osfullname: "Microsoft Windows 10 Pro", osversion: "10.0.19043", productname: "Wine" };
    const grains = { ...known.grains, ...told, id: "local-1" };
    const { result } = await renderWithAnswers(this.#target, { ...known, grains, saltVersion: "3008.4" }, render);
    this.#repo = result.data();
    if (result.failed > 0 && kwargs.failhard !== false) throw new Failhard(failhardMessage(result));
    return saltReturn(result, kwargs.verbose === true);
  }

  async #act(
    call: string,
    args: readonly string[],
    kwargs: { readonly [name: string]: Json },
    repo: WinrepoData,
  ): Promise<ActionResult> {
    const store = path.join(path.dirname(this.#root), "downloads");
    const sources = new Fetcher({ store, mounts: [{ at: "", folder: this.#root }], saltenv: "base" });
    const { pkgs, version } = kwargs;
    const selection: PackageSelection = {
      ...(args[0] !== undefined && { name: args[0] }),
      ...(Array.isArray(pkgs) && { pkgs: pkgs as NonNullable<PackageSelection["pkgs"]> }),
      ...(version !== undefined && version !== null && { version: String(version) }),
    };
    const context = { target: this.#target, repo, sources };
    const { extra_install_flags: installFlags, extra_uninstall_flags: uninstallFlags } = kwargs;
    if (call !== "install")
      return remove(context, selection, {
        ...(typeof uninstallFlags === "string" && { extraUninstallFlags: uninstallFlags }),
      });
    return install(context, selection, {
      ...(kwargs.force === true && { force: true }),
      ...(kwargs.report_reboot_exit_codes === false && { reportRebootExitCodes: false }),
      ...(typeof installFlags === "string" && { extraInstallFlags: installFlags }),
    });
  }
}

const environmentOf = (prefix: string) => ({
  ...process.env,
  WINEPREFIX: prefix,
  WINEARCH: "win64",
  WINEDEBUG: "-all",
  WINEDLLOVERRIDES: "mscoree,mshtml=",
});

/** Without pipes: Wine's services and its server stay, and would hold them. */
function quiet(prefix: string, program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environmentOf(prefix), stdio: "ignore", timeout: limitMs });
    child.once("close", () => resolve()).once("error", () => resolve());
  });
}

class Failhard extends Error {}

function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

function isAction(value: unknown): value is ActionResult {
  return typeof value === "object" && value !== null && "salt" in value && "report" in value;
}
