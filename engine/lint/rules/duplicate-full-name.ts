import type { Span } from "../../problem.js";
import type { WorkspaceRule } from "../rule.js";

interface Place {
  readonly file: string;
  readonly package: string;
  readonly range: Span;
}

export const duplicateFullName: WorkspaceRule = {
  kind: "workspace",
  meta: {
    code: "duplicate-full-name",
    title: "A full_name that two packages share.",
    severity: "information",
    salt: "Salt finds installed software by full_name and keeps one package for each: the one that it reads last wins, the other never counts as installed.",
    why: "Variants of one product (32-bit, ESR) often register under one name, and then it cannot be helped; pkg.list_pkgs shows all of them as the last one.",
    example: {
      bad: "firefox:\n  '100.0':\n    full_name: 'Mozilla Firefox'\nfirefox-esr:\n  '91.0':\n    full_name: 'Mozilla Firefox'\n",
      good: "firefox:\n  '100.0':\n    full_name: 'Mozilla Firefox 100.0'\nfirefox-esr:\n  '91.0':\n    full_name: 'Mozilla Firefox 91.0 ESR'\n",
    },
    fixable: "no",
  },
  check(summaries, profile, report) {
    const places = new Map<string, Place[]>();
    for (const { path, profiles } of summaries) {
      const summary = profiles.get(profile);
      if (summary?.status !== "ok") continue;
      for (const { name: packageName, fullNames } of summary.packages) {
        for (const { name, range } of fullNames) {
          const known = places.get(name);
          const place = { file: path, package: packageName, range };
          if (!known) places.set(name, [place]);
          else if (known.every((other) => other.package !== packageName)) known.push(place);
        }
      }
    }
    for (const [fullName, sharing] of places) {
      const winner = sharing.at(-1) as Place;
      if (sharing.length < 2) continue;
      for (const place of sharing.slice(0, -1)) {
        report({
          file: place.file,
          range: place.range,
          message: `The full_name '${fullName}' of '${place.package}' is also that of '${winner.package}'.`,
          salt: `Salt keeps one of them, the last: installed copies of both count as '${winner.package}', never as '${place.package}'.`,
          related: [{ file: winner.file, range: winner.range, message: `'${winner.package}' wins` }],
          subject: place.package,
        });
      }
    }
  },
};
