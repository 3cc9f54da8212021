import type { Span } from "../problem.js";
import type { RenderedDefinition } from "../render/rendered.js";
import type { DefinitionContext } from "./definition-context.js";

/** What rules across files need to know of one file: small, so that the summaries of a whole repository stay in memory. */
export interface DocumentSummary {
  readonly path: string;
  readonly profiles: ReadonlyMap<string, ProfilePackages>;
}

export interface ProfilePackages {
  readonly status: RenderedDefinition["status"];
  readonly packages: readonly PackageNames[];
}

export interface PackageNames {
  readonly name: string;
  /** The package's key in the source. */
  readonly range: Span;
  /** Each distinct full name with the first version that has it. */
  readonly fullNames: readonly { readonly name: string; readonly version: string; readonly range: Span }[];
}

export function summarize(path: string, contexts: readonly DefinitionContext[]): DocumentSummary {
  return { path, profiles: new Map(contexts.map((context) => [context.rendered.profile, summarizeProfile(context)])) };
}

function summarizeProfile(context: DefinitionContext): ProfilePackages {
  const packages = context.packages.map((view): PackageNames => {
    const fullNames = new Map<string, PackageNames["fullNames"][number]>();
    for (const version of view.versions) {
      const attribute = version.attributes.get("full_name");
      if (typeof attribute?.value !== "string" || fullNames.has(attribute.value)) continue;
      fullNames.set(attribute.value, {
        name: attribute.value,
        version: version.name,
        range: context.at(attribute.node),
      });
    }
    return { name: view.name, range: context.written(view.key), fullNames: [...fullNames.values()] };
  });
  return { status: context.rendered.status, packages };
}
