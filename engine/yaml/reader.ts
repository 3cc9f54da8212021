/** libyaml decodes its input in pieces of this many bytes; a forbidden character is found when its piece is decoded. */
const chunkSize = 16_384;

const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const loneSurrogate = /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/;
const surrogate = /[\ud800-\udfff]/;

/** Offset of the first character that YAML forbids, or -1. */
export function findForbidden(text: string): number {
  return text.search(forbidden);
}

/** Offset of the first half of a surrogate pair, or -1. */
export function findLoneSurrogate(text: string): number {
  return surrogate.test(text) ? text.search(loneSurrogate) : -1;
}

/** Offset of the piece of input that holds the character at `offset`: up to there libyaml reads without knowing of it. */
export function chunkStart(text: string, offset: number): number {
  let start = 0;
  for (;;) {
    const end = chunkEnd(text, start);
    if (offset < end) return start;
    start = end;
  }
}

/** The end of the last character that lies wholly in the piece. */
function chunkEnd(text: string, start: number): number {
  let bytes = 0;
  let end = start;
  while (end < text.length) {
    const code = text.codePointAt(end) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > chunkSize) break;
    end += code < 0x10000 ? 1 : 2;
  }
  return end;
}
