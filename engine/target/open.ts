import { builtinProfiles } from "../config/builtin-profiles.js";
import type { TargetConfig } from "../config/project.js";
import { targetNeeds } from "../config/trust-needs.js";
import { UntrustedError } from "../config/untrusted.js";
import { ProjectState } from "../state/project-state.js";
import { offerOf } from "./earlier-machines.js";
import { defaultTarget, knownTargets } from "./known-targets.js";
import { TargetSettings } from "./settings.js";
import { SimulatedTarget } from "./simulated/simulated-target.js";
import { openSsh } from "./ssh/ssh-connection.js";
import { type Target, TargetError } from "./target.js";
import { openWindows } from "./windows/windows-connection.js";
import { openWine } from "./wine/wine-target.js";

export interface OpenTargetOptions {
  /** Absolute. */
  readonly projectFolder: string;
  /** Where machines lie that are kept in folders. */
  readonly state?: ProjectState;
  /** The project file's `targets:`. */
  readonly targets?: ReadonlyMap<string, TargetConfig>;
  /** Whether the person trusts the project. Default false: then only harmless settings of simulated machines count. */
  readonly trusted?: boolean;
  /** Work on a copy of the machine that goes with `close`. Kinds that cannot be copied refuse. */
  readonly throwAway?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The target of that name, ready for work; `close` it. Rejects with {@link TargetError} when it is unknown or unreachable,
 * with {@link UntrustedError} when it counts only in a trusted project.
 */
export async function openTarget(name: string | undefined, options: OpenTargetOptions): Promise<Target> {
  const known = knownTargets(options);
  const wanted = name ?? defaultTarget.name;
  const config = known.find((target) => target.name === wanted);
  if (!config) {
    const names = known.map((target) => target.name).join(", ");
    throw new TargetError(`There is no target ${wanted} (there are: ${names}). \`winrepo target add\` adds one.`);
  }
  const needs = options.trusted ? [] : targetNeeds(config);
  if (needs.length > 0) throw new UntrustedError(options.projectFolder, needs);
  return openConfigured(config, options);
}

async function openConfigured(config: TargetConfig, options: OpenTargetOptions): Promise<Target> {
  const settings = new TargetSettings(config, { root: options.projectFolder, trusted: options.trusted ?? false });
  const state = options.state ?? new ProjectState(options.projectFolder);
  const machineFolder = () => state.machine(config.name);
  switch (config.kind) {
    case "simulated":
      return openSimulated(settings, machineFolder, options);
    case "wine":
      settings.allow("prefix", "program", "display", "cacheDir");
      return openWine({
        name: config.name,
        prefix: settings.path("prefix", "winePrefix") ?? machineFolder(),
        offer: offerOf({ root: options.projectFolder }, config.name, state),
        program: settings.text("program"),
        display: settings.text("display"),
        cacheDir: settings.text("cacheDir"),
        throwAway: options.throwAway,
      });
    case "windows":
      settings.allow("cacheDir");
      refuseThrowAway(config, options);
      return openWindows({ name: config.name, cacheDir: settings.text("cacheDir") });
    case "ssh":
      settings.allow("host", "user", "port", "config", "drives", "cacheDir");
      refuseThrowAway(config, options);
      return openSsh({
        name: config.name,
        host: settings.text("host") ?? config.name,
        user: settings.text("user"),
        port: settings.number("port"),
        config: settings.path("config", "sshConfig"),
        drives: settings.text("drives"),
        cacheDir: settings.text("cacheDir"),
        signal: options.signal,
      });
    default:
      throw new TargetError(`Target ${config.name}: kind ${config.kind} is not supported by this version.`);
  }
}

function openSimulated(
  settings: TargetSettings,
  machineFolder: () => string,
  options: OpenTargetOptions,
): Promise<Target> {
  settings.allow("folder", "bits", "grains", "environment");
  const bits = settings.oneOf("bits", [64, 32]) ?? 64;
  const profile = builtinProfiles.find(({ name }) => name === (bits === 64 ? "windows-amd64" : "windows-x86"))!;
  return SimulatedTarget.open({
    name: settings.name,
    folder: settings.path("folder", "machine") ?? machineFolder(),
    bits,
    grains: { ...profile.grains, ...settings.mapping("grains") },
    environment: { ...profile.environment, ...settings.texts("environment") },
    throwAway: options.throwAway,
  });
}

function refuseThrowAway({ name, kind }: TargetConfig, options: OpenTargetOptions): void {
  if (!options.throwAway) return;
  throw new TargetError(
    `Target ${name} (${kind}) is a real machine: it cannot be copied and thrown away. Use a target of kind simulated or wine.`,
  );
}
