import { describe, expect, it } from "vitest";
import { knownPackage } from "../../../engine/pkg/plan/install-version.js";
import type { WinrepoData } from "../../../engine/repo/database.js";
import { fromJson } from "../../../engine/value/convert.js";
import { Dict } from "../../../engine/value/types.js";

const data: WinrepoData = {
  repo: fromJson({ hello: { "1.0": { full_name: "Hello (x64)" } }, empty: {} }) as Dict,
  errors: new Dict(),
  nameMap: fromJson({ "Hello (x64)": "hello" }) as Dict,
};

describe("knownPackage", () => {
  it("gives the versions of a package", () => {
    expect(knownPackage(data, "hello").size).toBe(1);
  });

  it.each([
    ["helo", "Did you mean hello?"],
    ["Hello (x64)", "That is a full name; ask for the short name hello."],
    ["photoshop", "No definition of a package photoshop was found. After a change"],
    ["empty", "No definition of a package empty was found."],
  ])("says of %s what could help", (name, hint) => {
    expect(() => knownPackage(data, name)).toThrow(hint);
  });
});
