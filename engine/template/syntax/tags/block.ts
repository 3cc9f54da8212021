import type { Statement } from "../nodes.js";
import { type ParseTag, spanFrom, takeTagName } from "./tag-reader.js";

/** `{% block name scoped required %}…{% endblock name %}` */
export const parseBlock: ParseTag = (reader) => {
  const { tokens } = reader;
  const { start, line } = takeTagName(reader);
  const { value: name, start: nameStart, end: nameEnd } = tokens.expect("name");
  const scoped = tokens.skipIf("name:scoped");
  const required = tokens.skipIf("name:required");
  if (tokens.at("sub")) {
    tokens.fail(
      "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.",
    );
  }
  const { body, tag } = reader.body(["name:endblock"], true);
  if (required && !body.every(isBlank)) tokens.fail("Required blocks can only contain comments or whitespace");
  tokens.skipIf(`name:${name}`);
  const nameSpan = { start: nameStart, end: nameEnd };
  return { kind: "block", name, nameSpan, scoped, required, body, ...spanFrom(start, reader), line, tag };
};

/** `{% filter name(…)|name… %}…{% endfilter %}` */
export const parseFilterBlock: ParseTag = (reader) => {
  const { start, line } = takeTagName(reader);
  const filter = reader.expressions.filters(true);
  const { body, tag } = reader.body(["name:endfilter"], true);
  return { kind: "filter-block", filter, body, ...spanFrom(start, reader), line, tag };
};

/** `{% autoescape value %}…{% endautoescape %}` */
export const parseAutoescape: ParseTag = (reader) => {
  const { start, line } = takeTagName(reader);
  const value = reader.expressions.expression();
  const { body, tag } = reader.body(["name:endautoescape"], true);
  return { kind: "autoescape", value, body, ...spanFrom(start, reader), line, tag };
};

/** Salt's `{% profile as label %}…{% endprofile %}` */
export const parseProfileBlock: ParseTag = (reader) => {
  const { start, line } = takeTagName(reader);
  reader.tokens.expect("name:as");
  const label = reader.expressions.expression();
  const { body, tag } = reader.body(["name:endprofile"], true);
  return { kind: "profile", label, body, ...spanFrom(start, reader), line, tag };
};

function isBlank(statement: Statement): boolean {
  return (
    statement.kind === "output" && statement.nodes.every((node) => node.kind === "text" && node.text.trim() === "")
  );
}
