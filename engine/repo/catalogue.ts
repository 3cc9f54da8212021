import { withoutSecrets } from "../secrets.js";
import { str } from "../value/repr.js";
import { Dict, type Value } from "../value/types.js";
import { sortVersionsNewestFirst } from "../version/version.js";
import { catalogueTemplate } from "./catalogue-template.js";
import type { WinrepoData } from "./database.js";
import { renderPage } from "./html-page.js";

/** The repository as one kind of machine sees it. */
export interface CatalogueView {
  readonly profile: string;
  /** What the column is called: `64-bit`, `32-bit`, or the profile's name. */
  readonly label: string;
  readonly data: WinrepoData;
}

export interface CatalogueFinding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly code: string;
}

export interface CatalogueInput {
  readonly title: string;
  readonly views: readonly CatalogueView[];
  /** File → the packages that it defines. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly CatalogueFinding[];
  /** When it was made. */
  readonly date: Date;
}

interface CatalogueVersion {
  readonly version: string;
  readonly fullName: string;
  readonly installer: string;
  readonly link: boolean;
  readonly labels: readonly string[];
}

interface CataloguePackage {
  readonly name: string;
  readonly file: string;
  readonly fullName: string;
  readonly newest: string;
  readonly versions: readonly CatalogueVersion[];
  readonly labels: readonly string[];
  readonly findings: readonly CatalogueFinding[];
  readonly worst: string;
  /** What the search looks through. */
  readonly words: string;
}

const severities = ["error", "warning", "information", "hint"] as const;

/** One self-contained HTML page: packages, versions, architectures, findings. Everything from definitions is escaped. */
export async function renderCatalogue(input: CatalogueInput): Promise<string> {
  const packages = catalogue(input);
  const known = new Set(packages.map(({ file }) => file));
  return renderPage(catalogueTemplate, {
    title: input.title,
    date: input.date.toISOString().slice(0, 10),
    packages,
    // Findings in files that gave no package: they are listed on their own.
    orphans: input.findings.filter(({ file }) => !known.has(file)),
    versionCount: packages.reduce((sum, { versions }) => sum + versions.length, 0).toLocaleString("en-US"),
    packageCount: packages.length.toLocaleString("en-US"),
    labels: input.views.map(({ label }) => label),
    counts: severities
      .map((severity) => ({ severity, count: input.findings.filter((one) => one.severity === severity).length }))
      .filter(({ count }) => count > 0),
  });
}

function catalogue({ views, files, findings }: CatalogueInput): CataloguePackage[] {
  const fileOf = new Map([...files].flatMap(([file, names]) => names.map((name) => [name, file] as const)));
  const names = new Set(views.flatMap(({ data }) => [...data.repo.keys()].map(str)));
  return [...names]
    .sort((a, b) => a.localeCompare(b, "en", { sensitivity: "base" }))
    .map((name) => {
      const versions = versionsOf(name, views);
      const file = fileOf.get(name) ?? "";
      const own = findings.filter((finding) => finding.file === file);
      return {
        name,
        file,
        fullName: versions[0]?.fullName ?? "",
        newest: versions[0]?.version ?? "",
        versions,
        labels: views
          .map(({ label }) => label)
          .filter((label) => versions.some(({ labels }) => labels.includes(label))),
        findings: own,
        worst: severities.find((severity) => own.some((finding) => finding.severity === severity)) ?? "none",
        words: [name, ...new Set(versions.map(({ fullName }) => fullName))].join(" ").toLowerCase(),
      };
    });
}

function versionsOf(name: string, views: readonly CatalogueView[]): CatalogueVersion[] {
  const merged = new Map<string, CatalogueVersion>();
  for (const { label, data } of views) {
    const versions = data.repo.get(name);
    if (!(versions instanceof Dict)) continue;
    for (const [version, attributes] of versions) {
      const before = merged.get(str(version));
      const text = (key: string) => textOf(attributes instanceof Dict ? attributes.get(key) : undefined);
      const written = text("installer");
      const { installer, link } = before?.installer
        ? before
        : { installer: withoutSecrets(written), link: isLink(written) };
      merged.set(str(version), {
        version: str(version),
        fullName: before?.fullName || text("full_name"),
        installer,
        link,
        labels: [...(before?.labels ?? []), label],
      });
    }
  }
  return sortVersionsNewestFirst(merged.keys()).map((version) => merged.get(version) as CatalogueVersion);
}

/** Nothing else is safe to click on: definitions come from strangers. And without its secret an address leads nowhere. */
function isLink(installer: string): boolean {
  return /^https?:\/\//i.test(installer) && withoutSecrets(installer) === installer;
}

function textOf(value: Value | undefined): string {
  return value === undefined || value === null ? "" : str(value);
}
