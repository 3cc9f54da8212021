import { findKey } from "../../definition/keys.js";
import { subjectOf, type VersionView } from "../../definition/model.js";
import { describe } from "../attribute-values.js";
import { isOutdentedVersion } from "../outdented-version.js";
import type { DefinitionRule } from "../rule.js";

export const versionNotMapping: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "version-not-mapping",
    title: "A version without a mapping of attributes.",
    severity: "error",
    rejects: true,
    salt: "Salt rejects the version and drops every package of the file.",
    why: "Below a package stand only versions, and below each version its attributes. An attribute at the wrong depth is taken for a version, and costs the whole file.",
    example: {
      bad: "duplicati:\n  skip_urltest: True\n  '1.3.4':\n    full_name: Duplicati\n",
      good: "duplicati:\n  '1.3.4':\n    full_name: Duplicati\n    skip_urltest: True\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      if (version.node.kind === "mapping" || typeof version.key.value !== "string") continue;
      // A version at the package's depth is package-without-versions'.
      if (isOutdentedVersion(context.packages, version.package)) continue;
      context.report({
        range: context.at(version.key),
        message: `Version '${version.name}' of '${version.package.name}' is ${describe(version.node.value)}, not a mapping of attributes.`,
        salt: `Salt reports "package '${version.package.name}', repo data for version number ${version.name} is not defined as a dictionary" and drops every package of the file.`,
        advice: adviceFor(version),
        subject: subjectOf(version),
      });
    }
  },
};

function adviceFor({ name, node }: VersionView): string {
  if (findKey(name)) return `${name} is an attribute: move it into each version.`;
  if (node.kind === "sequence") {
    return `A list below '${name}' is how a state is written: states have their place in .sls files outside of the repository.`;
  }
  return "Indent its attributes below it.";
}
