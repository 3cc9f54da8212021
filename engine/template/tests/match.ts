import { patternOf, searchedText } from "../filters/salt-regex.js";
import { python } from "./define.js";

/** Salt's `match`: the pattern fits at the start of the text (salt-reference §3.3). */
export const matchTest = python("test_match(txt, rgx, ignorecase=False, multiline=False)", (context, text, ...rest) => {
  const [source, ignoreCase, multiLine] = rest;
  const pattern = patternOf(context, source ?? null, ignoreCase ?? false, multiLine ?? false);
  return pattern.match(searchedText(text), context.budget) !== undefined;
});
