import { parseNameTarget } from "../assign-target.js";
import type { Expression, Name, Signature } from "../nodes.js";
import { type ParseTag, spanFrom, type TagReader, takeTagName } from "./tag-reader.js";

/** `{% macro name(parameter, parameter=default) %}…{% endmacro %}` */
export const parseMacro: ParseTag = (reader) => {
  const { start, line } = takeTagName(reader);
  const { name, start: nameStart, end: nameEnd } = parseNameTarget(reader.tokens);
  const signature = parseSignature(reader);
  const { body, tag } = reader.body(["name:endmacro"], true);
  const nameSpan = { start: nameStart, end: nameEnd };
  return { kind: "macro", name, nameSpan, signature, body, ...spanFrom(start, reader), line, tag };
};

/** `{% call(parameter) macro(argument) %}…{% endcall %}` */
export const parseCall: ParseTag = (reader) => {
  const { tokens, expressions } = reader;
  const { start, line } = takeTagName(reader);
  const signature: Signature = tokens.at("lparen") ? parseSignature(reader) : { parameters: [], defaults: [] };
  const expression = expressions.expression();
  if (expression.kind !== "call") tokens.fail("expected call", { line, range: expression });
  const call = expression.kind === "call" ? expression : undefined;
  const { body, tag } = reader.body(["name:endcall"], true);
  return { kind: "call-block", call, signature, body, ...spanFrom(start, reader), line, tag };
};

function parseSignature({ tokens, expressions }: TagReader): Signature {
  const parameters: Name[] = [];
  const defaults: Expression[] = [];
  tokens.expect("lparen");
  while (!tokens.failing && !tokens.at("rparen")) {
    if (parameters.length > 0) tokens.expect("comma");
    const parameter: Name = { ...parseNameTarget(tokens), context: "param" };
    if (tokens.skipIf("assign")) defaults.push(expressions.expression());
    else if (defaults.length > 0) tokens.fail("non-default argument follows default argument");
    parameters.push(parameter);
  }
  tokens.expect("rparen");
  return { parameters, defaults };
}
