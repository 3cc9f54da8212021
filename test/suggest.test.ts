import { describe, expect, it } from "vitest";
import { definitionKeys, suggestKey } from "../engine/definition/keys.js";
import { suggest } from "../engine/suggest.js";

describe("did you mean", () => {
  it.each([
    ["instaler", "installer"],
    ["install_flag", "install_flags"],
    ["install-flags", "install_flags"],
    ["Full_Name", "full_name"],
    ["fullname", "full_name"],
    ["full name", "full_name"],
    ["uninstal_flags", "uninstall_flags"],
    ["unistaller", "uninstaller"],
    ["msi_exec", "msiexec"],
    ["mseixec", "msiexec"],
    ["installer_flags", "install_flags"],
    ["uninstaller_flags", "uninstall_flags"],
    ["restart", "reboot"],
    ["sourcehash", "source_hash"],
    ["all_users", "allusers"],
    ["cachedir", "cache_dir"],
  ])("%s: %s", (word, key) => {
    expect(suggestKey(word)).toBe(key);
  });

  it.each(["description", "homepage", "x", "refresh", "version", "dependencies"])("%s: nothing", (word) => {
    expect(suggestKey(word)).toBeUndefined();
  });

  it("leaves every key as it is", () => {
    for (const { name } of definitionKeys) expect(suggestKey(name)).toBe(name);
  });

  it("takes the nearest", () => {
    expect(suggest("windows-x68", ["windows-amd64", "windows-x86", "linux"])).toBe("windows-x86");
    expect(suggest("mac", ["windows-amd64", "windows-x86"])).toBeUndefined();
  });
});
