import { describe, expect, it } from "vitest";
import {
  BlankVersionError,
  compareVersions,
  latestVersion,
  sortVersions,
  sortVersionsNewestFirst,
} from "../../engine/version/version.js";
import { hasShared, sharedJson } from "../shared.js";

describe("compare_versions", () => {
  it.each([
    ["1.0", "==", "1.0.0", false],
    ["1.0", "<", "1.0.0", true],
    ["1.0", "==", "1.00", true],
    ["2.0b", ">", "2.0", true],
    ["10.0.1", ">", "9.b", true],
    ["latest", ">", "999999", true],
    ["latest", "==", "latest", true],
    ["80.0a", "<", "latest", true],
    ["1.0", "=>", "1.0", false],
    ["1:2.0", "==", "2.0", true],
    ["Not Found", "==", "0.0.0.0.0", true],
    ["Not Found", "<", "0", false],
    ["latest", ">", "99999999999999999999", false],
    ["1.0 (x64)", "<", "1.0.1", true],
    ["20210101123.a", "<", "99999999.a", true],
    ["1:", "!=", "2", false],
  ])("%s %s %s is %s", (a, operator, b, expected) => {
    expect(compareVersions(a, operator, b)).toBe(expected);
  });

  it("refuses a blank side as Salt words it", () => {
    expect(() => compareVersions("", "==", "1")).toThrow(new BlankVersionError("compare_version, ver1 is blank"));
    expect(() => compareVersions("1", "==", "")).toThrow("compare_version, ver2 is blank");
  });

  it("orders text by code point, not by UTF-16 unit", () => {
    expect(compareVersions("\u{1F600}", ">", "\uFF5E")).toBe(true);
  });
});

describe("order of versions", () => {
  it.each([
    [
      ["1.0b1", "1.0", "1.0.1", "1.0-rc1", "1.0rc1", "1.0 (x64)"],
      ["1.0", "1.0 (x64)", "1.0-rc1", "1.0.1", "1.0b1", "1.0rc1"],
    ],
    [
      ["9", "10", "2019a", "2019"],
      ["9", "10", "2019", "2019a"],
    ],
    [
      ["latest", "Not Found", "1.0", "0"],
      ["0", "1.0", "Not Found", "latest"],
    ],
  ])("%j", (versions, expected) => {
    expect(sortVersions(versions)).toEqual(expected);
  });

  it("puts equal versions in reverse input order, both ways", () => {
    expect(sortVersions(["1.0", "1.00", "0.9"])).toEqual(["0.9", "1.00", "1.0"]);
    expect(sortVersionsNewestFirst(["1.0", "1.00", "0.9"])).toEqual(["1.00", "1.0", "0.9"]);
    expect(latestVersion(["1.0", "1.00"])).toBe("1.0");
    expect(latestVersion([])).toBeUndefined();
  });
});

interface VersionVectors {
  compare: { a: string; b: string; result: Record<string, boolean> }[];
  order: { versions: string[]; oldest_to_newest: string[]; latest: string }[];
}

describe.skipIf(!hasShared)("measured comparisons (../shared)", () => {
  const vectors = hasShared ? sharedJson<VersionVectors>("vectors/versions.json") : { compare: [], order: [] };

  it("compares each pair as Salt does", () => {
    const ours = vectors.compare.map(({ a, b, result }) => ({
      a,
      b,
      result: Object.fromEntries(Object.keys(result).map((operator) => [operator, compareVersions(a, operator, b)])),
    }));
    expect(ours).toEqual(vectors.compare);
  });

  it("sorts each list as Salt does", () => {
    const ours = vectors.order.map(({ versions }) => ({
      versions,
      oldest_to_newest: sortVersions(versions),
      latest: latestVersion(versions),
    }));
    expect(ours).toEqual(vectors.order);
  });
});
