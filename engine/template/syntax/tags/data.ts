import type { DataFormat } from "../nodes.js";
import { type ParseTag, spanFrom, takeTagName } from "./tag-reader.js";
import { parseImport } from "./template.js";

/** Salt's `{% load_yaml as name %}…{% endload %}`, and so for JSON and text. */
export const parseLoad: ParseTag = (reader) => {
  const { start, line, name } = takeTagName(reader);
  reader.tokens.expect("name:as");
  const target = reader.expressions.assignTarget();
  const { body, tag } = reader.body(["name:endload"], true);
  const format = name.slice("load_".length) as DataFormat;
  return { kind: "load", format, target, body, ...spanFrom(start, reader), line, tag };
};

/** Salt's `{% import_yaml template as name %}`, and so for JSON and text. */
export const parseDataImport: ParseTag = (reader) => {
  const format = reader.tokens.current.value.slice("import_".length) as DataFormat;
  const statement = parseImport(reader);
  const { start, end, line, tag } = statement;
  return { kind: "data-import", format, import: statement, start, end, line, tag };
};
