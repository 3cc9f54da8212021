import { readFile } from "node:fs/promises";
import { windowsBasename } from "../../fetch/cache-path.js";
import { FetchError } from "../../fetch/fetch-error.js";
import { cachedSchemes, splitUrl } from "../../fetch/url.js";
import { withoutSecrets } from "../../secrets.js";
import type { Target } from "../../target/target.js";
import { truthy } from "../../value/iterate.js";
import { str } from "../../value/repr.js";
import { PackageFailure } from "../failure.js";
import type { VersionDefinition } from "../plan/definition.js";
import type { InstallerCache } from "./installer-cache.js";

export interface ExpectedHash {
  readonly algorithm: string;
  readonly digest: string;
}

/** Length in hexadecimal digits → algorithm, as Salt tells checksums in a file apart. */
const algorithmByLength: ReadonlyMap<number, string> = new Map([
  [128, "sha512"],
  [96, "sha384"],
  [64, "sha256"],
  [56, "sha224"],
  [40, "sha1"],
  [32, "md5"],
]);

/** A list of checksums has a line of some hundred bytes for each file. */
const maxChecksumBytes = 16 * 1024 ** 2;

/** What Python's hashlib knows by name. */
const hashTypes: readonly string[] = [
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "sha3_224",
  "sha3_256",
  "sha3_384",
  "sha3_512",
  "blake2b",
  "blake2s",
];

/**
 * Checks the file about to be run against `source_hash` (salt-reference §7.6). A copy in the cache that does not match
 * is removed, so that the next run fetches it anew; Salt leaves it there and uses it again.
 * @throws PackageFailure where Salt raises and gives up the whole call
 */
export async function checkSourceHash(
  definition: VersionDefinition,
  file: string,
  context: {
    readonly target: Target;
    readonly cache: InstallerCache;
    /** Where the file was fetched from; absent for one that is used where it lies. */
    readonly url?: string;
    readonly dryRun: boolean;
  },
): Promise<void> {
  const written = definition.get("source_hash");
  if (written === undefined || !truthy(written)) return;
  const expected = await expectedHash(str(written), file, context.cache, context.dryRun);
  if (!expected) return;
  if (!hashTypes.includes(expected.algorithm)) throw unknownType(expected.algorithm);
  if (context.dryRun) return;
  const actual = await context.target.hash(file, expected.algorithm);
  if (actual === expected.digest) return;
  if (context.url !== undefined) await context.cache.discard(context.url);
  throw mismatch(expected.digest, actual, context.url !== undefined);
}

async function expectedHash(
  text: string,
  file: string,
  cache: InstallerCache,
  dryRun: boolean,
): Promise<ExpectedHash | undefined> {
  if (cachedSchemes.includes(splitUrl(text).scheme)) {
    if (dryRun) return undefined;
    const found = findHash(await readChecksums(text, cache), file);
    if (!found) throw badFormat(text);
    return found;
  }
  const at = text.indexOf("=");
  if (at < 0) throw badFormat(text);
  return {
    algorithm: text.slice(0, at).trim().toLowerCase(),
    digest: text
      .slice(at + 1)
      .trim()
      .toLowerCase(),
  };
}

async function readChecksums(url: string, cache: InstallerCache): Promise<string> {
  const shown = withoutSecrets(url);
  try {
    const local = await cache.local(url, maxChecksumBytes);
    if (local !== undefined) return await readFile(local, "utf8");
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new PackageFailure(
      {
        code: "source-hash-missing",
        key: "source_hash",
        message: `The file of checksums cannot be fetched. ${error.message}`,
        salt: { exception: "MinionError", message: error.salt },
      },
      { cause: error },
    );
  }
  throw new PackageFailure({
    code: "source-hash-missing",
    key: "source_hash",
    message: `The file of checksums ${shown} does not exist. Salt raises an error here and gives up the whole call.`,
    salt: { exception: "CommandExecutionError", message: `Source hash file ${shown} not found` },
  });
}

/**
 * The checksum of a file in a list of checksums: the first line that ends with the file's name, else the first
 * checksum of all. The digest keeps its case, so upper-case lists never match, as in Salt.
 */
export function findHash(checksums: string, file: string): ExpectedHash | undefined {
  const name = windowsBasename(file);
  let first: ExpectedHash | undefined;
  for (const [line] of checksums.matchAll(/[^\r\n]+/g)) {
    const text = line.trim();
    const hash = hashIn(text);
    if (!hash) continue;
    if (namesFile(text, name, file)) return hash;
    first ??= hash;
  }
  return first;
}

function hashIn(line: string): ExpectedHash | undefined {
  for (const [digest] of line.matchAll(/(?<![a-z0-9])[a-f0-9]{32,128}(?![a-z0-9])/gi)) {
    const algorithm = algorithmByLength.get(digest.length);
    if (algorithm) return { algorithm, digest };
  }
  return undefined;
}

function namesFile(line: string, name: string, file: string): boolean {
  if (line.startsWith(file)) return true;
  return name !== "" && line.endsWith(name) && /[\s\\/*]/.test(line.charAt(line.length - name.length - 1));
}

function badFormat(text: string): PackageFailure {
  const shown = withoutSecrets(text);
  const message =
    `Source hash '${shown}' format is invalid. It must be in the format <hash type>=<hash>, or it must be a supported ` +
    `protocol: ${cachedSchemes.join(", ")}`;
  return new PackageFailure({
    code: "source-hash-format",
    key: "source_hash",
    message: `${message}. Write it as sha256=… . Salt raises an error here and gives up the whole call.`,
    salt: { exception: "SaltInvocationError", message },
  });
}

function unknownType(algorithm: string): PackageFailure {
  return new PackageFailure({
    code: "source-hash-type",
    key: "source_hash",
    message:
      `\`${algorithm}\` is no kind of hash that Salt knows; use ${hashTypes.slice(0, 6).join(", ")}. ` +
      "Salt raises an error here and gives up the whole call.",
    salt: { exception: "ValueError", message: `Invalid hash type: ${algorithm}` },
  });
}

function mismatch(expected: string, actual: string, removed: boolean): PackageFailure {
  const message = `Source hash '${expected}' does not match package hash '${actual}'`;
  const fate = removed
    ? "The copy in the cache was removed, so that the next run fetches it anew; Salt would keep it and fail again."
    : "The file is used where it lies and was left there.";
  return new PackageFailure({
    code: "source-hash-mismatch",
    key: "source_hash",
    message: `${message}. Nothing was run. ${fate}`,
    salt: { exception: "SaltInvocationError", message },
  });
}
