import { describe, expect, it } from "vitest";
import { findHash } from "../../../engine/pkg/files/source-hash.js";
import { install } from "../../../engine/pkg/install.js";
import { machineWith } from "../machine.js";

const url = "https://h/x.exe";
const sha256 = "ab".repeat(32);
const sha1 = "ef".repeat(20);
const hashes = { [url]: { sha256, sha1 } };

async function check(sourceHash: string | number, setup: object = {}) {
  const repo = {
    x: { "1.0": { full_name: "x", installer: url, source_hash: sourceHash } },
    y: { "1.0": { full_name: "y" } },
  };
  const { machine, context } = machineWith({ repo, hashes, ...setup });
  const { report, salt } = await install(context, { pkgs: ["x", "y"] });
  return {
    salt,
    problem: report.packages[0]?.problems.find(({ key }) => key === "source_hash"),
    ran: machine.trace().commands.length > 0,
    machine,
  };
}

describe("source_hash (salt-reference §7.6)", () => {
  it.each([`sha256=${sha256}`, ` SHA256 = ${sha256.toUpperCase()} `, `sha1=${sha1}`])("accepts %s", async (text) => {
    expect(await check(text)).toMatchObject({ problem: undefined, ran: true });
  });

  it("does not run a file that differs, and removes the copy", async () => {
    const { problem, ran, machine, salt } = await check(`sha256=${"00".repeat(32)}`);
    expect(ran).toBe(false);
    expect(problem).toMatchObject({
      code: "source-hash-mismatch",
      version: "1.0",
      key: "source_hash",
      salt: {
        exception: "SaltInvocationError",
        message: `Source hash '${"00".repeat(32)}' does not match package hash '${sha256}'`,
      },
    });
    const place = `${machine.cacheDir}\\extrn_files\\base\\h\\x.exe`;
    expect(await machine.exists(place)).toBe(false);
    expect(salt).toMatchObject({ y: { "no installer": "1.0" } });
  });

  it.each([`sha256:${sha256}`, sha256, 12345])("refuses the form %s", async (text) => {
    expect((await check(text)).problem).toMatchObject({
      code: "source-hash-format",
      salt: {
        exception: "SaltInvocationError",
        message:
          `Source hash '${text}' format is invalid. It must be in the format <hash type>=<hash>, or it must be a ` +
          "supported protocol: salt, http, https, ftp, swift, s3, file",
      },
    });
  });

  it("refuses an unknown kind", async () => {
    expect((await check("nope=1")).problem?.salt).toEqual({
      exception: "ValueError",
      message: "Invalid hash type: nope",
    });
  });

  it("says which file of checksums is not there", async () => {
    expect((await check("salt://a/SHA256SUMS")).problem?.salt).toEqual({
      exception: "CommandExecutionError",
      message: "Source hash file salt://a/SHA256SUMS not found",
    });
  });

  it("reads nothing in a dry run but the form", async () => {
    const { context } = machineWith({
      repo: { x: { "1.0": { full_name: "x", installer: url, source_hash: "nonsense" } } },
    });
    const { report } = await install(context, { name: "x" }, { dryRun: true });
    expect(report.packages[0]?.problems[0]?.code).toBe("source-hash-format");
  });
});

describe("a file of checksums", () => {
  const file = "C:\\cache\\setup.exe";
  it.each([
    ["the line that names the file", `${"11".repeat(32)}  other.exe\n${sha256} *setup.exe\n`, "sha256", sha256],
    ["a path before the name", `${"11".repeat(32)} a\r\n${sha256}  ./bin/setup.exe`, "sha256", sha256],
    ["only whole names", `${sha256} xsetup.exe\n${"22".repeat(32)} setup.exe`, "sha256", "22".repeat(32)],
    ["else the first of all", `# sums\n${sha1} a\n${sha256} b`, "sha1", sha1],
    ["the length decides the kind", `MD5 (x) = ${"ab".repeat(16)}`, "md5", "ab".repeat(16)],
    ["upper case stays, and will not match", `${"AB".repeat(32)} setup.exe`, "sha256", "AB".repeat(32)],
  ])("%s", (_what, text, algorithm, digest) => {
    expect(findHash(text, file)).toEqual({ algorithm, digest });
  });

  it.each(["", "no hash here", "abc123", "g".repeat(64), "a".repeat(65)])("finds nothing in %j", (text) => {
    expect(findHash(text, file)).toBeUndefined();
  });
});
