import { words } from "../value/text.js";

// The HTML that markupsafe and Jinja know: entities and tags.

/** Names of the characters 0xa0 to 0xff in order: they count as entities also without the semicolon. */
const latinNames =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro " +
  "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil " +
  "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
  "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml " +
  "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
  "thorn yuml";

/** Entities that stand without a semicolon too, as old pages wrote them. */
const legacyEntities: ReadonlyMap<string, string> = new Map([
  ...latinNames.split(" ").map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
  ["amp", "&"],
  ["AMP", "&"],
  ["lt", "<"],
  ["LT", "<"],
  ["gt", ">"],
  ["GT", ">"],
  ["quot", '"'],
  ["QUOT", '"'],
]);

const entities: ReadonlyMap<string, string> = new Map([
  ["apos", "'"],
  ["hellip", "…"],
  ["mdash", "—"],
  ["ndash", "–"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["sbquo", "‚"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["bdquo", "„"],
  ["lsaquo", "‹"],
  ["rsaquo", "›"],
  ["bull", "•"],
  ["trade", "™"],
  ["euro", "€"],
  ["larr", "←"],
  ["uarr", "↑"],
  ["rarr", "→"],
  ["darr", "↓"],
  ["minus", "−"],
  ["infin", "∞"],
  ["ne", "≠"],
  ["le", "≤"],
  ["ge", "≥"],
  ["dagger", "†"],
  ["permil", "‰"],
  ["prime", "′"],
  ["ensp", "\u2002"],
  ["emsp", "\u2003"],
  ["thinsp", "\u2009"],
]);

/** What the codes 0x80 to 0x9f stand for in pages: cp1252, where it has a character. */
const windowsCharacters = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

const reference = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/g;

/** Python's `html.unescape`, for the entities that texts really use. */
export function unescapeHtml(text: string): string {
  return text.replace(reference, (whole, body: string) => {
    if (body.startsWith("#")) return numericCharacter(body);
    if (body.endsWith(";")) {
      const name = body.slice(0, -1);
      const character = legacyEntities.get(name) ?? entities.get(name);
      if (character) return character;
    }
    // Without the semicolon the longest known beginning counts.
    for (let length = body.length; length > 1; length -= 1) {
      const character = legacyEntities.get(body.slice(0, length));
      if (character) return character + body.slice(length);
    }
    return whole;
  });
}

function numericCharacter(body: string): string {
  const digits = body.replace(/^#|;$/g, "");
  const code = /^[xX]/.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  if (code >= 0x80 && code <= 0x9f) return windowsCharacters.charAt(code - 0x80);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return "\ufffd";
  const isInvalid =
    (code < 0x20 && !/[\t\n\f\r]/.test(String.fromCharCode(code))) || code === 0x7f || (code & 0xfffe) === 0xfffe;
  return isInvalid ? "" : String.fromCodePoint(code);
}

/** markupsafe's `striptags`: no comments, no tags, white space collapsed, entities written out. */
export function stripTags(text: string): string {
  const bare = without(without(text, "<!--", "-->"), "<", ">");
  return unescapeHtml(words(bare).join(" "));
}

/** Cuts from each opening to the closing behind it, as long as there is one. */
function without(text: string, opening: string, closing: string): string {
  let result = "";
  let rest = text;
  for (;;) {
    const start = rest.indexOf(opening);
    const end = start < 0 ? -1 : rest.indexOf(closing, start);
    if (end < 0) return result + rest;
    result += rest.slice(0, start);
    rest = rest.slice(end + closing.length);
  }
}
