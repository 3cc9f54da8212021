import { withContext } from "../assign-target.js";
import type { Expression } from "../nodes.js";
import { missing } from "../primary-parser.js";
import { type ParseTag, spanFrom, takeTagName } from "./tag-reader.js";

/** `{% set target = value %}`, `{% set target|filter %}…{% endset %}` */
export const parseSet: ParseTag = (reader) => {
  const { tokens, expressions } = reader;
  const { start, line } = takeTagName(reader);
  const target = expressions.assignTarget({ withNamespace: true });
  if (tokens.failing || tokens.skipIf("assign")) {
    const value = tokens.failing ? missing(tokens) : expressions.tuple();
    const span = spanFrom(start, reader);
    return { kind: "set", target, value, ...span, line, tag: span };
  }
  const filter = expressions.filters();
  const { body, tag } = reader.body(["name:endset"], true);
  return { kind: "set-block", target, filter, body, ...spanFrom(start, reader), line, tag };
};

/** `{% with target = value, … %}…{% endwith %}` */
export const parseWith: ParseTag = (reader) => {
  const { tokens, expressions } = reader;
  const { start, line } = takeTagName(reader);
  const targets: Expression[] = [];
  const values: Expression[] = [];
  while (!tokens.failing && !tokens.at("block_end")) {
    if (targets.length > 0) tokens.expect("comma");
    targets.push(withContext(expressions.assignTarget(), "param"));
    tokens.expect("assign");
    values.push(expressions.expression());
  }
  const { body, tag } = reader.body(["name:endwith"], true);
  return { kind: "with", targets, values, body, ...spanFrom(start, reader), line, tag };
};
