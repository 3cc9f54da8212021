import type { DefinitionView, RenderedText } from "../definition/view.js";
import type { Span } from "../problem.js";

/** What rules across files need to know of one file: small, so that the summaries of a whole repository stay in memory. */
export interface DocumentSummary {
  readonly path: string;
  readonly profiles: ReadonlyMap<string, ProfilePackages>;
}

export interface ProfilePackages {
  readonly status: RenderedText["status"];
  readonly packages: readonly PackageNames[];
}

export interface PackageNames {
  readonly name: string;
  /** The package's key in the source. */
  readonly range: Span;
  /** Each distinct full name with the versions that have it; the place is the first one's. */
  readonly fullNames: readonly { readonly name: string; readonly versions: readonly string[]; readonly range: Span }[];
}

/** @param views the file under each profile */
export function summarize(path: string, views: readonly DefinitionView[]): DocumentSummary {
  return { path, profiles: new Map(views.map((view) => [view.rendered.profile, summarizeProfile(view)])) };
}

function summarizeProfile(view: DefinitionView): ProfilePackages {
  const packages = (view.isCutOff ? [] : view.packages).map((defined): PackageNames => {
    const fullNames = new Map<string, { name: string; versions: string[]; range: Span }>();
    for (const version of defined.versions) {
      const attribute = version.attributes.get("full_name");
      if (typeof attribute?.value !== "string") continue;
      const name = attribute.value;
      const known = fullNames.get(name);
      if (known) known.versions.push(version.name);
      else fullNames.set(name, { name, versions: [version.name], range: view.at(attribute.node) });
    }
    return { name: defined.name, range: view.written(defined.key), fullNames: [...fullNames.values()] };
  });
  return { status: view.rendered.status, packages };
}
