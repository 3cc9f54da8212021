import type { DefinitionLocator, LocatedAttribute } from "../../definition/definition-locator.js";
import { toJson } from "../../value/convert.js";
import type { VersionDefinition } from "../plan/definition.js";
import type { Correction } from "../report.js";

/** The change of one attribute, with its place and the text to put there where that is sure to be right. */
export function correction(
  definition: VersionDefinition,
  key: string,
  to: string,
  reason: string,
  locator: DefinitionLocator | undefined,
): Correction {
  const from = key === "version" ? definition.version : definition.get(key);
  const place = locator?.locate(definition.name, definition.version, key);
  return {
    package: definition.name,
    version: definition.version,
    key,
    ...(from !== undefined && { from: toJson(from) }),
    to,
    reason,
    ...(place && editOf(place, key, to)),
  };
}

/** Where the change goes and the text for it; the place alone where no edit is sure to be right. */
function editOf({ location, literal, insertion }: LocatedAttribute, key: string, to: string): Partial<Correction> {
  if (literal !== undefined) return { location, newText: asYaml(to, literal) };
  if (insertion) return { location: insertion.location, newText: `${insertion.before}${key}: ${asYaml(to, "'")}` };
  return { location };
}

/** A text as YAML, in the quotes that stood there before; plain only where a plain one stood and is safe. */
export function asYaml(text: string, before: string): string {
  if (before.startsWith('"')) return JSON.stringify(text);
  const plainIsSafe =
    /^[A-Za-z][\w .()+-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) && !/\s$/.test(text);
  if (!before.startsWith("'") && plainIsSafe) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
