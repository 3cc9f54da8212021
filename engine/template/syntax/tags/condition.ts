import type { Span } from "../../../problem.js";
import type { Expression, If, Statement } from "../nodes.js";
import { matches } from "../token.js";
import { type ParseTag, spanFrom, type TagReader, takeTagName } from "./tag-reader.js";

/** `{% if test %}…{% elif test %}…{% else %}…{% endif %}` */
export const parseIf: ParseTag = (reader) => {
  const { tokens } = reader;
  const { start, line } = takeTagName(reader);
  const first = parseBranch(reader);
  const elifs: If[] = [];
  let closing = tokens.next();
  while (matches(closing, "name:elif")) {
    const elifStart = reader.tagStart;
    const { line: elifLine } = tokens.current;
    const branch = parseBranch(reader);
    const end = branch.body.at(-1)?.end ?? branch.tag.end;
    elifs.push({ kind: "if", ...branch, elifs: [], otherwise: [], start: elifStart, end, line: elifLine });
    closing = tokens.next();
  }
  const otherwise = matches(closing, "name:else") ? reader.body(["name:endif"], true).body : [];
  return { kind: "if", ...first, elifs, otherwise, ...spanFrom(start, reader), line };
};

function parseBranch(reader: TagReader): { test: Expression; body: Statement[]; tag: Span } {
  const test = reader.expressions.tuple({ withConditional: false });
  return { test, ...reader.body(["name:elif", "name:else", "name:endif"]) };
}
