import type { Listing, PackageOperation } from "../run/package-operation.js";
import type { PackageOutcome } from "../run/package-outcome.js";
import { fullNameOf } from "./compare.js";

/** Answers whether what was to be removed is gone. */
export function verifyRemoval(operation: PackageOperation, outcome: PackageOutcome, after: Listing): void {
  if (outcome.status === "failed") return;
  const left = outcome.definitions.filter(({ version }) =>
    version === "latest" ? after.packages.has(outcome.name) : after.packages.get(outcome.name)?.includes(version),
  );
  const [first] = left;
  if (!first) {
    outcome.settle(
      "removed",
      `${outcome.name} ${outcome.definitions.map(({ version }) => version).join(", ")} is removed.`,
    );
    return;
  }
  const where = operation.context.target.name;
  const message =
    `${outcome.name}: the uninstaller says it succeeded, but '${fullNameOf(first)}' is still registered on ${where}. Uninstallers that ` +
    "copy themselves and go on in the background (NSIS without `_?=`) may need longer.";
  outcome.problem("nothing-removed", "error", message, "uninstaller");
  outcome.settle("doubtful", message);
}
