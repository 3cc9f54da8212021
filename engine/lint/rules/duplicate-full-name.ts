import type { Severity, Span } from "../../problem.js";
import type { WorkspaceRule } from "../rule.js";
import { areVariants } from "../variants.js";

interface Place {
  readonly file: string;
  readonly package: string;
  readonly range: Span;
  readonly versions: readonly string[];
}

export const duplicateFullName: WorkspaceRule = {
  kind: "workspace",
  meta: {
    code: "duplicate-full-name",
    title: "A full_name that two packages share.",
    severity: "warning",
    salt: "Salt finds installed software by full_name and keeps one package for each: the one that it reads last wins, the other never counts as installed.",
    why: "pkg.list_pkgs shows all of them as the last one, and Salt installs the others again and again. Where both have the same version, one entry of the registry is claimed by two packages: an error. Variants of one product (architecture, language, edition), as their names say it, often register under one name, and then it cannot be helped: information.",
    example: {
      bad: "putty:\n  '0.81':\n    full_name: 'PuTTY release 0.81'\nwinscp:\n  '6.3':\n    full_name: 'PuTTY release 0.81'\n",
      good: "putty:\n  '0.81':\n    full_name: 'PuTTY release 0.81'\nwinscp:\n  '6.3':\n    full_name: 'WinSCP 6.3'\n",
    },
    fixable: "no",
  },
  check(summaries, profile, report) {
    const places = new Map<string, Place[]>();
    for (const { path, profiles } of summaries) {
      const summary = profiles.get(profile);
      if (summary?.status !== "ok") continue;
      for (const { name: packageName, fullNames } of summary.packages) {
        for (const { name, range, versions } of fullNames) {
          const known = places.get(name);
          const place = { file: path, package: packageName, range, versions };
          if (!known) places.set(name, [place]);
          else if (known.every((other) => other.package !== packageName)) known.push(place);
        }
      }
    }
    for (const [fullName, sharing] of places) {
      const winner = sharing.at(-1) as Place;
      if (sharing.length < 2) continue;
      for (const place of sharing.slice(0, -1)) {
        const { severity, note } = judge(place, winner);
        report({
          file: place.file,
          range: place.range,
          severity,
          message: `The full_name '${fullName}' of '${place.package}' is also that of '${winner.package}'${note}.`,
          salt: `Salt keeps one of them, the last: installed copies of both count as '${winner.package}', never as '${place.package}'.`,
          related: [{ file: winner.file, range: winner.range, message: `'${winner.package}' wins` }],
          subject: place.package,
        });
      }
    }
  },
};

function judge(place: Place, winner: Place): { severity: Severity; note: string } {
  if (areVariants(place.package, winner.package)) {
    return { severity: "information", note: ", a variant of the same product by its name" };
  }
  const both = place.versions.find((version) => winner.versions.includes(version));
  return both === undefined
    ? { severity: "warning", note: "" }
    : { severity: "error", note: `, and both have version '${both}': one installed copy is claimed by two packages` };
}
