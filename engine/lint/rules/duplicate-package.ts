import type { WorkspaceRule } from "../rule.js";

export const duplicatePackage: WorkspaceRule = {
  kind: "workspace",
  meta: {
    code: "duplicate-package",
    title: "A package that another file defines, too.",
    severity: "error",
    rejects: true,
    salt: "Salt keeps the file that it reads first and drops the other one whole, with all its packages: \"package '…' already defined\".",
    why: "Files are read in the order of their names, those of a folder before its subfolders. Copies of a definition kept beside it are the usual reason.",
    example: {
      bad: "# app-old.sls, beside an app.sls with the same package\napp:\n  '1.0':\n    full_name: App\n",
      good: "# app-old.sls, beside app.sls\napp-old:\n  '1.0':\n    full_name: App\n",
    },
    fixable: "no",
  },
  check(summaries, profile, report) {
    const owners = new Map<string, string>();
    const ranges = new Map<string, { start: number; end: number }>();
    for (const { path, profiles } of summaries) {
      const summary = profiles.get(profile);
      if (summary?.status !== "ok") continue;
      const clash = summary.packages.find(({ name }) => owners.has(name));
      if (!clash) {
        for (const { name, range } of summary.packages) {
          owners.set(name, path);
          ranges.set(name, range);
        }
        continue;
      }
      const owner = owners.get(clash.name) as string;
      const ownerRange = ranges.get(clash.name) ?? { start: 0, end: 0 };
      const others = summary.packages.length - 1;
      const lost = others ? ` and the file's ${others} other package${others === 1 ? "" : "s"}` : "";
      report({
        file: path,
        range: clash.range,
        message: `Package '${clash.name}' is already defined in ${owner}.`,
        salt: `Salt reports "package '${clash.name}' already defined" and drops this file's '${clash.name}'${lost}.`,
        advice: "Rename one of the two, or remove one file.",
        related: [
          {
            file: owner,
            range: ownerRange,
            message: `'${clash.name}' is first defined here`,
          },
        ],
        subject: clash.name,
      });
      report({
        file: owner,
        range: ownerRange,
        severity: "warning",
        message: `Package '${clash.name}' is defined in ${path}, too.`,
        salt: `Salt keeps this one, reports "package '${clash.name}' already defined" and drops '${clash.name}'${lost} of ${path}.`,
        advice: "Rename one of the two, or remove one file.",
        related: [{ file: path, range: clash.range, message: `'${clash.name}' is defined here again` }],
      });
    }
  },
};
