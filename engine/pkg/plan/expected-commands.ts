import { CachePathError, cachePath, toBackslashes } from "../../fetch/cache-path.js";
import { isCachedScheme } from "../../fetch/url.js";
import { PackageFailure } from "../failure.js";
import { installCommandLine, lineOf, removeCommandLine } from "./command-line.js";
import type { VersionDefinition } from "./definition.js";
import { uninstallerOf } from "./uninstaller.js";

/** What Salt would run for a version, as far as the definition alone tells. A part that Salt would refuse is undefined. */
export interface ExpectedCommands {
  /** Where the minion keeps what it fetched; undefined for a file that is used where it lies. */
  readonly cached: string | undefined;
  readonly install: string | undefined;
  /** Variables such as `%ProgramFiles%` as they are written. */
  readonly uninstall: string | undefined;
}

/**
 * The command lines of a version on a machine that nobody has asked (salt-reference §7.4, §8): a path in `msiexec` is
 * taken for one that is there. Never throws.
 * @param cacheDir the minion's, absolute
 */
export function expectedCommands(definition: VersionDefinition, cacheDir: string, saltenv: string): ExpectedCommands {
  const value = definition.get("msiexec");
  const msiexec = value === true ? "msiexec" : typeof value === "string" ? value || "msiexec" : undefined;
  const place = (location: string) =>
    isCachedScheme(location) ? toBackslashes(cachePath(location, cacheDir, saltenv)) : toBackslashes(location);
  const installer = allowed(() => definition.text("installer") || undefined);
  return {
    cached: installer !== undefined && isCachedScheme(installer) ? allowed(() => place(installer)) : undefined,
    install: installer && allowed(() => lineOf(installCommandLine(definition, place(installer), msiexec))),
    uninstall: allowed(() => lineOf(removeCommandLine(definition, place(uninstallerOf(definition).location), msiexec))),
  };
}

function allowed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof PackageFailure || error instanceof CachePathError) return undefined;
    throw error;
  }
}
