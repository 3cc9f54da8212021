import { describe, expect, it } from "vitest";
import { firstReleases, hasFeature, type SaltFeatureName, saltFeatures } from "../../engine/salt-version/features.js";
import {
  defaultSaltVersion,
  formatSaltVersion,
  newestOf,
  newestPatch,
  readSaltVersion,
  saltLines,
} from "../../engine/salt-version/salt-version.js";

const judged = (value: string | number) => {
  const read = readSaltVersion(value);
  return read && [formatSaltVersion(read.version), read.note];
};

describe("a version of Salt", () => {
  it.each([
    ["3006.24", "3006.24"],
    ["3007.0", "3007.0"],
    ["3008.4", "3008.4"],
    [3008.4, "3008.4"],
    ["3007", formatSaltVersion(newestOf(3007))],
    [3007, formatSaltVersion(newestOf(3007))],
    ["3007.x", formatSaltVersion(newestOf(3007))],
    ["3007.99", "3007.99"],
    ["3008.4+12.g12ab34", "3008.4"],
    ["3008.0rc2", "3008.0"],
    ["v3006.9", "3006.9"],
    ["3007.1.2", "3007.1"],
  ])("%s is %s", (value, expected) => expect(judged(value)).toEqual([expected, undefined]));

  it.each([
    ["2019.2", "3006.0", "Salt 2019.2 is older than what is known here: judged as 3006.0"],
    ["3005.1", "3006.0", "Salt 3005.1 is older than what is known here: judged as 3006.0"],
    [
      "3009.1",
      formatSaltVersion(newestOf(3008)),
      `Salt 3009.1 is newer than what is known here: judged as 3008.${newestPatch[3008]}`,
    ],
  ])("%s is judged as %s", (value, expected, note) => expect(judged(value)).toEqual([expected, note]));

  it.each(["", "latest", "3007,1", "37.1", "30071", "x3007"])("%j is none", (value) => {
    expect(readSaltVersion(value)).toBeUndefined();
  });

  it("is the newest 3007 where nothing says which", () => {
    expect(defaultSaltVersion).toEqual({ line: 3007, patch: newestPatch[3007] });
  });
});

describe("the table of features", () => {
  it.each([
    ["3006.27", "number-versions", true],
    ["3006.25", "number-versions", false],
    ["3007.14", "whole-match", false],
    ["3007.15", "whole-match", true],
    ["3006.30", "whole-match", false],
    ["3008.0", "unpadded-binary", true],
    ["3008.5", "truncated-downloads", false],
  ] as const)("Salt %s, %s: %s", (text, name, expected) => {
    const read = readSaltVersion(text);
    expect(read && hasFeature(read.version, name)).toBe(expected);
  });

  it("names the first releases", () => {
    expect(firstReleases("no-shell")).toBe("3006.15, 3007.7 and 3008.0");
    expect(firstReleases("git-proxy")).toBe("3008.0");
  });

  it("names no release that there is not", () => {
    for (const name of Object.keys(saltFeatures) as SaltFeatureName[]) {
      for (const line of saltLines)
        expect(saltFeatures[name].since[line] ?? 0, name).toBeLessThanOrEqual(newestPatch[line]);
    }
  });
});
