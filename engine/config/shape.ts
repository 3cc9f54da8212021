/** The form of a piece of the project file. Validation, the JSON Schema and the docs page are made from these. */
export type Shape =
  | { readonly kind: "text"; readonly doc: string }
  | { readonly kind: "boolean"; readonly doc: string }
  | { readonly kind: "count"; readonly doc: string }
  | { readonly kind: "any"; readonly doc: string }
  | { readonly kind: "salt-version"; readonly doc: string }
  | { readonly kind: "choice"; readonly values: readonly string[]; readonly doc: string }
  | { readonly kind: "list"; readonly item: Shape; readonly doc: string }
  | { readonly kind: "map"; readonly value: Shape; readonly keys?: readonly string[]; readonly doc: string }
  | RecordShape
  | { readonly kind: "either"; readonly shapes: readonly Shape[]; readonly doc: string };

export interface RecordShape {
  readonly kind: "record";
  readonly fields: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  /** Whether other keys are allowed beside the fields. */
  readonly open?: boolean;
  readonly doc: string;
}

/** A shape in the words of an error message: "a text", "one of error, warning, off". */
export function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return "a text";
    case "boolean":
      return "true or false";
    case "count":
      return "a whole number from 0";
    case "any":
      return "anything";
    case "salt-version":
      return "a release of Salt like '3006.24' or '3007'";
    case "choice":
      return `one of ${shape.values.join(", ")}`;
    case "list":
      return "a list";
    case "map":
    case "record":
      return "a mapping";
    case "either":
      return shape.shapes.map(describeShape).join(" or ");
  }
}

export type JsonSchema = { readonly [keyword: string]: unknown };

/** The shape as JSON Schema (draft 7), for editors and other tools. */
export function toJsonSchema(shape: Shape): JsonSchema {
  const description = shape.doc;
  switch (shape.kind) {
    case "text":
      return { type: "string", description };
    case "boolean":
      return { type: "boolean", description };
    case "count":
      return { type: "integer", minimum: 0, description };
    case "any":
      return { description };
    case "salt-version":
      return { type: ["string", "number"], pattern: "^\\d{4}", description };
    case "choice":
      return { enum: choicesWithOff(shape.values), description };
    case "list":
      return { type: "array", items: toJsonSchema(shape.item), description };
    case "map":
      return { type: "object", additionalProperties: toJsonSchema(shape.value), description };
    case "record":
      return {
        type: "object",
        properties: Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [name, toJsonSchema(field)]),
        ),
        ...(shape.required && { required: shape.required }),
        additionalProperties: shape.open ?? false,
        description,
      };
    case "either":
      return { anyOf: shape.shapes.map(toJsonSchema), description };
  }
}

/** An unquoted `off` is the boolean false to YAML 1.1, and means off all the same. */
function choicesWithOff(values: readonly string[]): readonly (string | boolean)[] {
  return values.includes("off") ? [...values, false] : values;
}
