import type { Statement } from "../nodes.js";
import { type ParseTag, singleTag, spanFrom, takeTagName } from "./tag-reader.js";

/** `{% for target in iterable if test recursive %}…{% else %}…{% endfor %}` */
export const parseFor: ParseTag = (reader) => {
  const { tokens, expressions } = reader;
  const { start, line } = takeTagName(reader);
  const target = expressions.assignTarget();
  tokens.expect("name:in");
  const iterable = expressions.tuple({ withConditional: false });
  const test = tokens.skipIf("name:if") ? expressions.expression() : undefined;
  const recursive = tokens.skipIf("name:recursive");
  const { body, tag } = reader.body(["name:endfor", "name:else"]);
  const otherwise = tokens.next().value === "else" ? reader.body(["name:endfor"], true).body : [];
  return { kind: "for", target, iterable, test, recursive, body, otherwise, ...spanFrom(start, reader), line, tag };
};

/** `{% break %}`, `{% continue %}` */
export const parseLoopControl: ParseTag = (reader) =>
  singleTag(
    reader,
    (place, name): Statement => ({ kind: "loop-control", action: name === "break" ? "break" : "continue", ...place }),
  );
