import type { AttributeView, VersionView } from "../../definition/model.js";
import type { DefinitionContext } from "../definition-context.js";
import type { DefinitionRule } from "../rule.js";

export const fullNameOutlier: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "full-name-outlier",
    title: "One version whose full_name carries another version, while those of its siblings carry their own.",
    severity: "hint",
    salt: "Salt finds installed software by full_name alone: with another version in it this one is never found as installed.",
    why: "Many products register a name without a version, or with a short one; that is no mistake. But when all siblings have their version in the name and one does not, it is mostly a copy that was not edited.",
    example: {
      bad: "app:\n  '4.42':\n    full_name: 'App 4.40'\n  '4.41':\n    full_name: 'App 4.41'\n  '4.40':\n    full_name: 'App 4.40'\n",
      good: "app:\n  '4.42':\n    full_name: 'App 4.42'\n  '4.41':\n    full_name: 'App 4.41'\n  '4.40':\n    full_name: 'App 4.40'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const view of context.packages) checkAttribute(context, view.versions, "full_name");
  },
};

const versionInText = /(?<!\d)\d+(?:\.\d+)+/;

/** Reports the versions whose attribute carries another version, when at least two thirds of all carry their own. */
export function checkAttribute(
  context: DefinitionContext,
  versions: readonly VersionView[],
  name: "full_name" | "installer",
): void {
  const withVersion = versions.flatMap((version) => {
    const attribute = version.attributes.get(name);
    const found = typeof attribute?.value === "string" && lastVersion(attribute.value);
    return attribute && found && typeof version.key.value === "string" ? [{ version, attribute, found }] : [];
  });
  const outliers = withVersion.filter(({ version, attribute, found }) => !carries(attribute, version.name, found));
  const good = withVersion.length - outliers.length;
  if (good < 2 || good < 2 * outliers.length) return;
  for (const { version, attribute, found } of outliers) {
    context.report({
      range: context.written(attribute.node),
      message: `${name} of '${version.package.name} ${version.name}' carries the version ${found}; those of its siblings carry their own.`,
      subject: `${version.package.name} ${version.name}`,
    });
  }
}

function lastVersion(text: string): string | undefined {
  return versionInText.exec(text.slice(text.lastIndexOf("/") + 1))?.[0];
}

function carries({ value }: AttributeView, version: string, found: string): boolean {
  // 7.8 is a short way to say 7.8.1, and 7_8_1, 7-8-1 and 781 are other ways.
  if (version.startsWith(found) || found.startsWith(version)) return true;
  if (decode(String(value)).includes(version)) return true;
  return ["_", "-", ""].some((separator) => String(value).includes(version.split(".").join(separator)));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
