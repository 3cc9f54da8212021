import { isOutdentedVersion } from "../outdented-version.js";
import type { DefinitionRule } from "../rule.js";

export const packageWithoutVersions: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "package-without-versions",
    title: "A package with nothing below it.",
    severity: "error",
    rejects: true,
    salt: "Salt raises an AttributeError that nothing catches: pkg.refresh_db ends without a database, for every package of the repository.",
    why: "Typically the loop or the `if` around the versions gives nothing on one kind of machine. The file looks fine on all others, and stops the refresh of the whole repository there.",
    example: {
      bad: "microsoft-jdk:\n{% if grains['cpuarch'] == 'AMD64' %}\n  '11.0.10.9':\n    full_name: 'Microsoft Build of OpenJDK'\n{% endif %}\n",
      good: "{% if grains['cpuarch'] == 'AMD64' %}\nmicrosoft-jdk:\n  '11.0.10.9':\n    full_name: 'Microsoft Build of OpenJDK'\n{% endif %}\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const [index, { name, key, node }] of context.packages.entries()) {
      const next = context.packages[index + 1];
      const outdented = next && isOutdentedVersion(context.packages, next) ? next : undefined;
      if (node.value === null) {
        context.report({
          range: context.at(key),
          message: `Package '${name}' has no versions under ${context.profile.name}: its value is null.`,
          salt: `On such a minion pkg.refresh_db ends with "'NoneType' object has no attribute 'items'" and writes no database: the whole repository is lost, not only this file.`,
          advice: outdented
            ? `'${outdented.name}' looks like its version: indent it and what is below it.`
            : "Put the package's name inside the condition too, or write '{}' where there are no versions.",
          ...(outdented && { related: [{ range: context.at(outdented.key), message: "not below the package" }] }),
          subject: name,
        });
      } else if (node.kind === "mapping" && node.pairs.length === 0) {
        context.report({
          range: context.at(key),
          severity: "information",
          message: `Package '${name}' has no versions under ${context.profile.name}.`,
          salt: `pkg.install answers "Unable to locate package ${name}".`,
          subject: name,
        });
      }
    }
  },
};
