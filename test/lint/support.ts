import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import { defaultProject, type RuleLevel } from "../../engine/config/project.js";
import type { Finding } from "../../engine/lint/finding.js";
import { type LintFile, type LintFilesOptions, lint } from "../../engine/lint/lint.js";
import { LintSettings } from "../../engine/lint/settings.js";
import type { FileServer } from "../../engine/render/file-server.js";

export const bothProfiles = builtinProfiles.slice(0, 2);

export function options(rules: Readonly<Record<string, RuleLevel>> = {}): LintFilesOptions {
  const { lint: defaults } = defaultProject("/project");
  const settings = new LintSettings({ ...defaults, rules: new Map(Object.entries(rules)) });
  return { settings, knownKeys: [], profiles: bothProfiles };
}

/** The findings of one text, seen as `app.sls` unless told otherwise. */
export function lintText(
  source: string,
  rules?: Readonly<Record<string, RuleLevel>>,
  path = "app.sls",
  fileServer?: FileServer,
): Finding[] {
  return lint([{ path, source, ...(fileServer && { fileServer }) }], options(rules));
}

/** A file server that has files of these paths, with nothing in them. */
export function fileServerOf(...paths: readonly string[]): FileServer {
  const folders = new Map<string, Map<string, "file" | "folder">>();
  for (const path of paths) {
    const parts = path.split("/");
    for (const [index, part] of parts.entries()) {
      const folder = parts.slice(0, index).join("/");
      const entries = folders.get(folder) ?? new Map<string, "file" | "folder">();
      folders.set(folder, entries.set(part, index === parts.length - 1 ? "file" : "folder"));
    }
  }
  const checkoutWithout = (file: string) => (file === "app.sls" ? "/srv/salt/win/repo-ng/tools/_" : undefined);
  return {
    checkoutWithout,
    read: (path) => (paths.includes(path) ? "" : undefined),
    list: (folder) => folders.get(folder),
  };
}

export function lintFiles(
  files: Readonly<Record<string, string>>,
  rules?: Readonly<Record<string, RuleLevel>>,
): Finding[] {
  return lint(
    Object.entries(files).map(([path, source]): LintFile => ({ path, source })),
    options(rules),
  );
}

/** Takes the marks ⟦ and ⟧ out of a source: the text, and the range between them. */
export function unmark(marked: string): { source: string; range: { start: number; end: number } } {
  const start = marked.indexOf("⟦");
  const end = marked.indexOf("⟧") - 1;
  return { source: marked.replace("⟦", "").replace("⟧", ""), range: { start, end } };
}
