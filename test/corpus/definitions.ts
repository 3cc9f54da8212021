import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import { defaultProject } from "../../engine/config/project.js";
import type { LintFile, LintFilesOptions } from "../../engine/lint/lint.js";
import { LintSettings } from "../../engine/lint/settings.js";
import { sharedPath } from "../shared.js";

/** The 313 real definitions, as files to lint. */
export function corpusFiles(): LintFile[] {
  const root = sharedPath("corpus/salt-winrepo-ng");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sls"))
    .sort()
    .map((name) => ({ path: name.split(path.sep).join("/"), source: readFileSync(path.join(root, name)) }));
}

/** Default severities, a 64-bit and a 32-bit Windows. */
export function defaultOptions(): LintFilesOptions {
  const settings = new LintSettings(defaultProject("/").lint);
  return { settings, knownKeys: [], profiles: builtinProfiles.slice(0, 2) };
}
