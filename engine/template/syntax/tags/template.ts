import type { Span } from "../../../problem.js";
import { parseNameTarget } from "../assign-target.js";
import type { Import, Name, Statement } from "../nodes.js";
import { matches } from "../token.js";
import type { TokenStream } from "../token-stream.js";
import { type ParseTag, singleTag, type TagReader } from "./tag-reader.js";

/** `{% extends template %}` */
export const parseExtends: ParseTag = (reader) =>
  singleTag(reader, (place) => ({ kind: "extends", template: reader.expressions.expression(), ...place }));

/** `{% include template ignore missing without context %}` */
export const parseInclude: ParseTag = (reader) => {
  const { tokens, expressions } = reader;
  return singleTag(reader, (place) => {
    const template = expressions.expression();
    const ignoreMissing = tokens.at("name:ignore") && matches(tokens.following, "name:missing");
    if (ignoreMissing) {
      tokens.next();
      tokens.next();
    }
    return { kind: "include", template, ignoreMissing, withContext: parseContextClause(tokens) ?? true, ...place };
  });
};

/** `{% import template as name with context %}` */
export function parseImport(reader: TagReader): Import {
  const { tokens, expressions } = reader;
  return singleTag(reader, (place) => {
    const template = expressions.expression();
    tokens.expect("name:as");
    const target = parseNameTarget(tokens);
    return { kind: "import", template, target, withContext: parseContextClause(tokens) ?? false, ...place };
  });
}

/** `{% from template import name as name, … with context %}` */
export const parseFrom: ParseTag = (reader) =>
  singleTag(reader, (place): Statement => {
    const template = reader.expressions.expression();
    reader.tokens.expect("name:import");
    return { kind: "from-import", template, ...parseImportedNames(reader.tokens), ...place };
  });

function parseImportedNames(tokens: TokenStream) {
  const names: { name: string; nameSpan: Span; target: Name }[] = [];
  let withContext: boolean | undefined;
  while (!tokens.failing) {
    if (names.length > 0) tokens.expect("comma");
    if (!tokens.at("name")) {
      tokens.expect("name");
      break;
    }
    withContext = parseContextClause(tokens);
    if (withContext !== undefined) break;
    const imported = parseNameTarget(tokens);
    if (imported.name.startsWith("_")) {
      const message = "names starting with an underline can not be imported";
      tokens.fail(message, { line: imported.line, range: imported, exception: "TemplateAssertionError" });
    }
    const target = tokens.skipIf("name:as") ? parseNameTarget(tokens) : imported;
    names.push({ name: imported.name, nameSpan: { start: imported.start, end: imported.end }, target });
    withContext = parseContextClause(tokens);
    if (withContext !== undefined || !tokens.at("comma")) break;
  }
  return { names, withContext: withContext ?? false };
}

/** `with context` or `without context`; undefined when neither stands here. */
function parseContextClause(tokens: TokenStream): boolean | undefined {
  if (tokens.failing || !tokens.atAny("name:with", "name:without") || !matches(tokens.following, "name:context")) {
    return undefined;
  }
  const withContext = tokens.next().value === "with";
  tokens.next();
  return withContext;
}
