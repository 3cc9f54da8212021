import { fromJson } from "../value/convert.js";
import { repr } from "../value/repr.js";
import type { Json, PyFloat } from "../value/types.js";

/** What to act on, in the ways that Salt's functions take it (salt-reference §7.1). `pkgs` wins over `name`. */
export interface PackageSelection {
  /** One name, or several with commas between them; `version` then holds for all of them. */
  readonly name?: string;
  readonly pkgs?: readonly (string | { readonly [name: string]: string | null })[];
  /** A number is what Salt's command line makes of 3007.10 without quotes. */
  readonly version?: VersionArgument;
}

export type VersionArgument = string | number | PyFloat;

export interface WantedPackage {
  readonly name: string;
  /** A float may stand for several versions. */
  readonly version: string | PyFloat | undefined;
}

/** The call cannot be understood; nothing was done (Salt: SaltInvocationError). */
export class InvocationError extends Error {
  override readonly name = "InvocationError";
}

export interface ParsedSelection {
  readonly wanted: readonly WantedPackage[];
  /** Remarks on arguments that have no effect. */
  readonly notes: readonly string[];
}

/** Salt's answer when neither a name nor a list is given. */
export const usageAnswer = "Must pass a single package or a list of packages";

/**
 * The packages of a call, in order (salt.modules.pkg_resource.parse_targets). Names are split at commas without
 * trimming, and a name that comes twice counts once. Undefined when nothing was asked for.
 * @throws InvocationError when a list names a package twice
 */
export function parseSelection({ name, pkgs, version }: PackageSelection): ParsedSelection | undefined {
  if (pkgs?.length) {
    const pairs = pkgs.flatMap((item) =>
      typeof item === "string"
        ? [[item, null] as const]
        : Object.entries(item).map(([key, value]) => [key, value] as const),
    );
    const byName = new Map(pairs);
    if (byName.size !== pkgs.length) throw new InvocationError(duplicateMessage(pkgs));
    return {
      wanted: [...byName].map(([key, value]) => ({ name: key, version: value ?? undefined })),
      notes: version === undefined ? [] : ["The version argument is ignored because a list of packages was given."],
    };
  }
  if (!name) return undefined;
  return {
    wanted: [...new Set(name.split(","))].map((part) => ({ name: part, version: textOrFloat(version) })),
    notes: [],
  };
}

function duplicateMessage(pkgs: readonly unknown[]): string {
  return (
    `You are passing a list of packages that contains duplicated packages names: ${repr(fromJson(pkgs as Json))}. This cannot be ` +
    "processed. In case you are targeting different versions of the same package, please target them individually"
  );
}

/** A float stays one, for the versions that it may mean; any other number is its text. */
function textOrFloat(version: VersionArgument | undefined): string | PyFloat | undefined {
  return typeof version === "number" ? String(version) : version;
}
