import { subjectOf } from "../../definition/model.js";
import { isFileAt, type ListFolder, nearestPath } from "../../nearest-path.js";
import { firstReleases } from "../../salt-version/features.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionContext } from "../definition-context.js";
import type { Fix } from "../finding.js";
import type { DefinitionRule } from "../rule.js";
import { saltLocation } from "../salt-location.js";

export const saltFileMissing: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "salt-file-missing",
    title: "A salt:// address that leads to no file.",
    severity: "warning",
    salt: "Salt gets an empty path from the file server, and the call ends with `unable to cache`.",
    why: `A misspelt folder, \`%20\` for a blank, or the folder \`_\` that update_git_repos makes since Salt ${firstReleases("checkout-folder")}. Where the folder of the installer is not at hand, or holds nothing but definitions, the rule is silent: installers are often kept on the master alone.`,
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/app/my%20setup.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/app/my setup.exe'\n    install_flags: '/S'\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    const list = context.fileServer?.list;
    if (!list) return;
    // Versions that a loop makes often have one installer.
    const known = new Map<string, Missing | undefined>();
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller", "cache_file", "source_hash"]) {
        const written = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        const location = written === undefined ? undefined : saltLocation(written);
        if (!node || written === undefined || !location || location.saltenv !== undefined) continue;
        if (!known.has(location.path)) known.set(location.path, missing(location.path, list));
        const found = known.get(location.path);
        if (!found) continue;
        const { near } = found;
        const range = context.at(node);
        context.report({
          range,
          message: `${name} of '${subjectOf(version)}' leads to no file: there is no ${written}.`,
          ...(near !== undefined && {
            advice: adviceOf(near, location.path),
            suggestions: replacement(context, range, written, near),
          }),
          subject: subjectOf(version),
        });
      }
    }
  },
};

/** A file that is not there, and what may be meant. */
interface Missing {
  readonly near: string | undefined;
}

/** Undefined where the file is there, or nobody can tell. */
function missing(path: string, list: ListFolder): Missing | undefined {
  if (path.split("/").includes("..") || isFileAt(path, list)) return undefined;
  const near = nearestPath(path, list);
  return near === undefined && !hasOtherFiles(path, list) ? undefined : { near };
}

function adviceOf(near: string, path: string): string {
  const level = near.split("/").includes("_") !== path.split("/").includes("_");
  const since = `Since Salt ${firstReleases("checkout-folder")} update_git_repos checks out into a folder '_'.`;
  return [`There is salt://${near}.`, level ? since : ""].join(" ").trim();
}

/** Whether the installers of that folder are at hand, so that one that is not there is missed. */
function hasOtherFiles(path: string, list: ListFolder): boolean {
  const entries = list(path.split("/").slice(0, -1).join("/"));
  return [...(entries ?? [])].some(
    ([name, kind]) => kind === "file" && /\.(?:exe|msi|msix|cmd|bat|ps1|zip|cab)$/i.test(name),
  );
}

/** Offered where the address stands in the source as it is. */
function replacement(
  context: DefinitionContext,
  range: { start: number; end: number },
  written: string,
  near: string,
): Fix[] {
  const at = context.text(range).indexOf(written);
  if (at < 0) return [];
  const start = range.start + at;
  const edit = { range: { start, end: start + written.length }, newText: `salt://${near}` };
  return [{ title: `Write salt://${near}`, edits: [edit] }];
}
