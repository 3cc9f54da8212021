/** What to do about PyYAML's complaints, by their wording. The first that fits counts. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/tab character/, "Indent with blanks; YAML does not allow tabs there."],
  [
    /^found unknown escape|hexdecimal|Unicode character escape/,
    "In double quotes a backslash begins an escape sequence; write Windows paths in single quotes.",
  ],
  [
    /^mapping values are not/,
    "Quote the value if the colon belongs to it; otherwise check the indentation and the line above.",
  ],
  [
    /^could not find expected ':'/,
    "This line is neither a key with its colon nor, by its indentation, part of the value above.",
  ],
  [/^found unexpected end of stream/, "The quote that opens here is never closed."],
  [
    /^found unexpected document indicator/,
    "The quote that opens here is not closed before the line of dashes or dots.",
  ],
  [/^did not find expected comment or line break/, "Nothing but a comment may follow on this line."],
  [/^block sequence entries are not/, "Begin a list on a line of its own; quote a value that is a dash."],
  [/^mapping keys are not|^found unexpected ':'/, "Quote the value."],
  [/alphabetic or numeric character|^found undefined alias/, "Quote a value that begins with & or *."],
  [
    /directive|incompatible YAML|version number|expected digit/,
    "A line that begins with % is a directive to YAML; quote or indent it.",
  ],
  [
    /^did not find expected key/,
    "The indentation fits none of the keys above, or something stands behind a closing quote or bracket.",
  ],
  [/^did not find expected '-'/, "The indentation fits none of the items above."],
  [/',' or ']'/, "Put a comma between the items, or close the bracket."],
  [/',' or '}'/, "Put a comma between the pairs, close the brace, or quote a value that begins with one."],
  [/^did not find expected node content/, "A value cannot begin like this; quote it."],
  [/^found duplicate anchor|^second occurrence/, "Give every anchor a name of its own."],
  [/^but found another document/, "Remove the line of dashes: a definition is one document."],
  [/^found conflicting ID/, "A key may stand only once in its mapping."],
  [/^found unacceptable key/, "Quote the key: to YAML, a brace or bracket at its start makes it a mapping or list."],
  [/for merging/, "Only a mapping, or a list of mappings, can be merged."],
  [/2002:(?:value|merge)'/, "Quote the value."],
  [/tag|expected '[!>]'|octet/, "Quote a value that begins with an exclamation mark."],
  [/^unacceptable character|surrogates/, "Remove the character."],
];

/** @param character what stands where PyYAML complains */
export function adviceFor(problem: string, character: string): string | undefined {
  if (problem.startsWith("found character that cannot start")) {
    return character === "\t"
      ? "Indent with blanks; YAML does not allow tabs there."
      : `Quote a value that begins with ${character}.`;
  }
  return advice.find(([wording]) => wording.test(problem))?.[1];
}
