import type { Json } from "../value/types.js";
import type { DefinitionKey } from "./key.js";
import { definitionKeys, mistakenKeys } from "./keys.js";
import type { ValueKind } from "./value-kind.js";

const jsonTypes: Readonly<Record<ValueKind, string>> = {
  string: "string",
  boolean: "boolean",
  integer: "integer",
  float: "number",
  null: "null",
  list: "array",
  mapping: "object",
  bytes: "string",
};

/**
 * JSON Schema (draft 7) of a rendered definition: what `winrepo render --stage yaml` prints. It accepts every definition
 * that Salt reads as it was meant; what it refuses stops the refresh or does something else than it says.
 */
export function definitionSchema(): Json {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Salt package definition for Windows",
    description: "The packages of one rendered .sls file of a winrepo: package, version, attributes.",
    type: "object",
    additionalProperties: { $ref: "#/definitions/package" },
    definitions: {
      package: {
        description: "A package: its versions. Each must be text; quote it where YAML would see a number.",
        type: "object",
        additionalProperties: { $ref: "#/definitions/version" },
      },
      version: {
        description: "What Salt needs to know of one version.",
        type: "object",
        required: definitionKeys.filter(({ required }) => required).map(({ name }) => name),
        properties: Object.fromEntries([
          ...definitionKeys.map((key) => [key.name, keySchema(key)] as const),
          ...mistakenKeys.filter(losesEffect).map(({ name }) => [name, false] as const),
        ]),
      },
    },
  };
}

/** Written in place of a key that has an effect: no value is right for it. */
function losesEffect({ meant }: DefinitionKey): boolean {
  return definitionKeys.some(({ name, readBy }) => name === meant && readBy.length > 0);
}

function keySchema(key: DefinitionKey): Json {
  const types = key.types.map((type) => jsonTypes[type]);
  const constraints: { [name: string]: Json } = {
    type: types.length === 1 ? (types[0] ?? "string") : types,
    description: [key.summary, plain(key.details), ...key.pitfalls.map(plain)].join("\n"),
  };
  if (key.default !== undefined) constraints.default = key.default;
  return constraints;
}

/** Markdown without its code marks: descriptions are shown as plain text. */
function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}
