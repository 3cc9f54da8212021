import type { Target } from "../../target/target.js";
import { repr } from "../../value/repr.js";
import { typeName } from "../../value/types.js";
import { PackageFailure } from "../failure.js";
import type { PackageOutcome } from "../run/package-outcome.js";
import type { VersionDefinition } from "./definition.js";

/**
 * The program that the attribute `msiexec` means on a target, or undefined to run the file itself
 * (salt-reference §1.2). Any text switches msiexec on, also `'False'`; one that is no program there is remarked on.
 * @throws PackageFailure for a value that is neither a boolean nor a text, over which Salt's whole call fails
 */
export async function msiexecProgram(
  definition: VersionDefinition,
  target: Target,
  outcome: PackageOutcome,
): Promise<string | undefined> {
  const value = definition.get("msiexec");
  if (value === undefined || value === false) return undefined;
  if (value === true) return "msiexec";
  if (typeof value === "string") {
    if (value !== "" && (await target.exists(value))) return value;
    const message =
      `msiexec path '${value}' not found. Using system registered msiexec instead. Any text switches msiexec on; write true or ` +
      "false, or the path of a program that is there.";
    outcome.problem("msiexec-not-found", "warning", message, "msiexec");
    return "msiexec";
  }
  throw new PackageFailure({
    code: "attribute-type",
    key: "msiexec",
    message:
      `\`msiexec\` of ${definition.name} ${definition.version} is ${repr(value)} (${typeName(value)}); it must be true, ` +
      "false or the path of a program. Salt gives up the whole call with a misleading message about invalid arguments.",
    salt: { exception: "TypeError", message: "cannot unpack non-iterable NoneType object" },
  });
}
