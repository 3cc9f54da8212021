import type { Fault } from "../fault.js";

/** Tags that only make sense beside others: what is wrong with them may come from an opening tag that was not read. */
const dependentTag = /^Encountered unknown tag '(?:end\w*|elif|else)'/;

/**
 * The faults of a template that are there for certain. Jinja stops at the first; what is found behind it may be nothing
 * but its consequence: a quote that closes too late takes in the tags that follow. A later fault is certain when two
 * readings that go on differently behind the first one both find it, and when it is not about blocks that do not match.
 * @param faults as Jinja's own lexer leads to them, in the order of the source
 * @param recovered those of a reading in which no tag reaches beyond its line
 */
export function certainFaults(faults: readonly Fault[], recovered: readonly Fault[]): readonly Fault[] {
  const alsoThere = new Set(recovered.map(keyOf));
  return faults.filter(
    (fault, index) =>
      index === 0 ||
      fault.code === "jinja-budget" ||
      (fault.code !== "jinja-unclosed-block" && !dependentTag.test(fault.message) && alsoThere.has(keyOf(fault))),
  );
}

function keyOf({ code, message, range }: Fault): string {
  return `${code} ${range.start} ${range.end} ${message}`;
}
