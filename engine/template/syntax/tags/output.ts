import type { Print } from "../nodes.js";
import { type ParseTag, singleTag } from "./tag-reader.js";

/** `{% print a, b %}` */
export const parsePrint: ParseTag = (reader) => {
  const { tokens, expressions } = reader;
  return singleTag(reader, (place) => {
    const nodes: Print[] = [];
    while (!tokens.failing && !tokens.at("block_end")) {
      if (nodes.length > 0) tokens.expect("comma");
      const expression = expressions.expression();
      const { start, end, line } = expression;
      nodes.push({ kind: "print", expression, start, end, line });
    }
    return { kind: "output", nodes, ...place };
  });
};

/** `{% do expression %}` */
export const parseDo: ParseTag = (reader) =>
  singleTag(reader, (place) => ({ kind: "do", expression: reader.expressions.tuple(), ...place }));
