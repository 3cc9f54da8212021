/** Which styles a text may be written in as a YAML scalar: what PyYAML's emitter finds out. */
export interface ScalarAnalysis {
  readonly isMultiline: boolean;
  readonly allowFlowPlain: boolean;
  readonly allowBlockPlain: boolean;
  readonly allowSingleQuoted: boolean;
}

const breaks = /[\n\x85\u2028\u2029]/;
const blanks = "\0 \t\r\n\x85\u2028\u2029";

/** What can stand in a scalar without escapes. */
const printable = /^[\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffe}]*$/u;

export function analyzeScalar(text: string): ScalarAnalysis {
  if (text === "") {
    return { isMultiline: false, allowFlowPlain: false, allowBlockPlain: true, allowSingleQuoted: true };
  }
  const { flow, block } = indicators(text);
  const isMultiline = breaks.test(text);
  const hasBareEdges = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text);
  const needsEscapes = !printable.test(text) || / [\n\x85\u2028\u2029]/.test(text);
  const indentsLine = /[\n\x85\u2028\u2029] /.test(text);
  const isPlain = !hasBareEdges && !isMultiline && !needsEscapes;
  return {
    isMultiline,
    allowFlowPlain: isPlain && !flow,
    allowBlockPlain: isPlain && !block,
    allowSingleQuoted: !needsEscapes && !indentsLine,
  };
}

/** Characters that mean something else, inside of brackets and outside. */
function indicators(text: string): { flow: boolean; block: boolean } {
  const isMarker = text.startsWith("---") || text.startsWith("...");
  let [flow, block] = [isMarker, isMarker];
  const characters = Array.from(text);
  characters.forEach((character, index) => {
    const next = characters[index + 1];
    const endsWord = next === undefined || blanks.includes(next);
    if (index === 0) {
      if ("#,[]{}&*!|>'\"%@`".includes(character)) flow = block = true;
      if ("?:".includes(character)) {
        flow = true;
        block ||= endsWord;
      }
      if (character === "-" && endsWord) flow = block = true;
      return;
    }
    if (",?[]{}".includes(character)) flow = true;
    if (character === ":") {
      flow = true;
      block ||= endsWord;
    }
    if (character === "#" && blanks.includes(characters[index - 1] as string)) flow = block = true;
  });
  return { flow, block };
}
