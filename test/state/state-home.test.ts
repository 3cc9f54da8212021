import path from "node:path";
import { describe, expect, it } from "vitest";
import { stateHome } from "../../engine/state/state-home.js";

const nobody = () => "";

describe("the state folder", () => {
  it.each([
    ["linux", { HOME: "/home/me" }, "/home/me/.local/state/winrepo"],
    ["linux", { HOME: "/home/me", XDG_STATE_HOME: "/state" }, "/state/winrepo"],
    ["linux", { HOME: "/home/me", XDG_STATE_HOME: "relative" }, "/home/me/.local/state/winrepo"],
    ["darwin", { HOME: "/Users/me" }, "/Users/me/Library/Application Support/winrepo"],
    ["win32", { LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local" }, "C:\\Users\\me\\AppData\\Local\\winrepo"],
    ["win32", { USERPROFILE: "C:\\Users\\me" }, "C:\\Users\\me\\AppData\\Local\\winrepo"],
    ["linux", { HOME: "/home/me", WINREPO_STATE: "/kept/here" }, "/kept/here"],
  ] as const)("on %s with %j", (platform, env, expected) => {
    expect(stateHome({ platform, env, accountHome: nobody })).toBe(expected);
  });

  it("asks the account where HOME says nothing, and gives up where there is none", () => {
    const account = { platform: "linux", accountHome: () => "/home/account" } as const;
    expect(stateHome({ ...account, env: {} })).toBe("/home/account/.local/state/winrepo");
    expect(stateHome({ ...account, env: { HOME: "" } })).toBe("/home/account/.local/state/winrepo");
    expect(stateHome({ platform: "linux", env: {}, accountHome: nobody })).toBeUndefined();
  });

  it("takes a relative WINREPO_STATE from where it runs", () => {
    expect(stateHome({ env: { WINREPO_STATE: "kept" }, platform: process.platform })).toBe(path.resolve("kept"));
  });
});
