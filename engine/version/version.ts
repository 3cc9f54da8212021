import { compareCodePoints } from "./code-points.js";

/** A comparison as `pkg.compare_versions` takes it; any other text compares as false. */
export type VersionOperator = "<" | "<=" | "==" | ">=" | ">" | "!=";

/** `pkg.compare_versions` was called with nothing to compare (Salt: SaltInvocationError). */
export class BlankVersionError extends Error {
  override readonly name = "BlankVersionError";
}

type Piece = bigint | string;

const separator = /([0-9]+|[a-z]+|\.)/;
const largestIndex = "9223372036854775807";

/**
 * The pieces of a version (salt-reference §9.1): runs of digits as whole numbers, runs of lower-case letters, and
 * whatever stands between them. Dots only separate.
 */
function pieces(version: string): Piece[] {
  return version
    .split(separator)
    .filter((piece) => piece !== "" && piece !== ".")
    .map((piece) => (/^[0-9]/.test(piece) ? BigInt(piece) : piece));
}

/**
 * Salt's loose order of two versions (salt-reference §9.2): -1, 0 or 1. Whole-number versions compare number by number;
 * as soon as either side has a piece of text, both compare as lists of text with numbers padded to eight digits.
 */
export function compareLoose(a: string, b: string): -1 | 0 | 1 {
  const left = pieces(a);
  const right = pieces(b);
  const numeric = [...left, ...right].every((piece) => typeof piece === "bigint");
  const compare = numeric ? comparePieces : comparePadded;
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compare(left[index] as Piece, right[index] as Piece);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : left.length > right.length ? 1 : 0;
}

function comparePieces(a: Piece, b: Piece): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePadded(a: Piece, b: Piece): -1 | 0 | 1 {
  return compareCodePoints(padded(a), padded(b));
}

function padded(piece: Piece): string {
  return typeof piece === "string" ? piece : String(piece).padStart(8, "0");
}

/**
 * Salt's `pkg.compare_versions` (salt-reference §9.3). `latest` stands for a number above all real ones, `Not Found`
 * for `0.0.0.0.0`, and an epoch (`1:2.0`) is dropped. An unknown operator gives false, as in Salt.
 * @throws BlankVersionError when either side is empty
 */
export function compareVersions(a: string, operator: VersionOperator | (string & {}), b: string): boolean {
  if (!a) throw new BlankVersionError("compare_version, ver1 is blank");
  if (!b) throw new BlankVersionError("compare_version, ver2 is blank");
  const left = withoutEpoch(standIn(a));
  const right = withoutEpoch(standIn(b));
  // Python's class knows no version in an empty text: Salt logs the error and answers False to everything.
  if (!left || !right) return false;
  const order = compareLoose(left, right);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "==":
      return order === 0;
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "!=":
      return order !== 0;
    default:
      return false;
  }
}

function standIn(version: string): string {
  if (version === "latest") return largestIndex;
  return version === "Not Found" ? "0.0.0.0.0" : version;
}

function withoutEpoch(version: string): string {
  return version.slice(version.indexOf(":") + 1);
}

/**
 * Versions from oldest to newest as `pkg.list_available` gives them. Equal versions (`1.0`, `1.00`) come out in reverse
 * input order: Salt's comparison calls neither of them greater (salt-reference §9.2). An empty version, which makes
 * Salt's sorting fail, sorts first.
 */
export function sortVersions(versions: Iterable<string>): string[] {
  return [...versions].reverse().sort(compareLoose);
}

/** Versions from newest to oldest, as `list_available reverse_sort=True` and `list_repo_pkgs` give them. */
export function sortVersionsNewestFirst(versions: Iterable<string>): string[] {
  return [...versions].reverse().sort((a, b) => compareLoose(b, a));
}

/** The version that `pkg.install` takes when none is asked for (salt-reference §6); undefined when there is none. */
export function latestVersion(versions: Iterable<string>): string | undefined {
  return sortVersions(versions).at(-1);
}
