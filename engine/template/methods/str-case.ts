import { isSpace } from "../../value/text.js";
import { type MethodEntry, type MethodTable, methodTable, none } from "./define.js";

// Letter case and character classes of str, by Unicode's properties as Python uses them.

const upperLetter = /[\p{Uppercase}]/u;
const lowerLetter = /[\p{Lowercase}]/u;
const titleLetter = /\p{Lt}/u;
const casedLetter = /\p{Cased}/u;

/** Letters that are two in one and have a form of their own at the start of a word. */
const titleForms: ReadonlyMap<string, string> = new Map(
  ["Ǆǅǆ", "Ǉǈǉ", "Ǌǋǌ", "Ǳǲǳ"].flatMap((forms) => [...forms].map((form) => [form, forms.charAt(1)])),
);

function titleOf(character: string): string {
  const form = titleForms.get(character);
  if (form) return form;
  const upper = character.toUpperCase();
  const first = String.fromCodePoint(upper.codePointAt(0) as number);
  return first + upper.slice(first.length).toLowerCase();
}

/** `str.capitalize()` */
export function capitalize(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return text === "" ? "" : titleOf(first) + text.slice(first.length).toLowerCase();
}

/** `str.title()`: every run of letters begins with its title form. */
export function title(text: string): string {
  let result = "";
  let run = "";
  for (const character of text) {
    const isCased = casedLetter.test(character);
    // Lower case is made of the run as a whole: a final sigma depends on what is before it.
    if (isCased && run === "") run = character;
    else if (isCased) run += character;
    else {
      result += titledRun(run) + character;
      run = "";
    }
  }
  return result + titledRun(run);
}

function titledRun(run: string): string {
  if (run === "") return "";
  const first = String.fromCodePoint(run.codePointAt(0) as number);
  return titleOf(first) + run.toLowerCase().slice(first.toLowerCase().length);
}

/** `str.swapcase()` */
function swapCase(text: string): string {
  const lower = text.toLowerCase();
  let result = "";
  let at = 0;
  for (const character of text) {
    const own = character.toLowerCase();
    const inContext = lower.slice(at, at + own.length);
    at += own.length;
    if (upperLetter.test(character)) result += inContext;
    else result += lowerLetter.test(character) ? character.toUpperCase() : character;
  }
  return result;
}

/** `str.casefold()`: Unicode's full case folding. */
function caseFold(text: string): string {
  return Array.from(text, foldCharacter).join("");
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  // Dotless i folds to itself; Cherokee folds to its capitals, which came first.
  if (code === 0x131) return character;
  if ((code >= 0x13a0 && code <= 0x13fd) || (code >= 0xab70 && code <= 0xabbf)) return character.toUpperCase();
  return character.toLowerCase().toUpperCase().toLowerCase();
}

const digitForms =
  "\\u{b2}-\\u{b3}\\u{b9}\\u{1369}-\\u{1371}\\u{19da}\\u{2070}\\u{2074}-\\u{2079}\\u{2080}-\\u{2089}\\u{2460}-\\u{2468}" +
  "\\u{2474}-\\u{247c}\\u{2488}-\\u{2490}\\u{24ea}\\u{24f5}-\\u{24fd}\\u{24ff}\\u{2776}-\\u{277e}\\u{2780}-\\u{2788}" +
  "\\u{278a}-\\u{2792}\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}";
const ideographs =
  "\\u{3405}\\u{3483}\\u{382a}\\u{3b4d}\\u{4e00}\\u{4e03}\\u{4e07}\\u{4e09}\\u{4e5d}\\u{4e8c}\\u{4e94}\\u{4e96}\\u{4ebf}-\\u{4ec0}" +
  "\\u{4edf}\\u{4ee8}\\u{4f0d}\\u{4f70}\\u{5104}\\u{5146}\\u{5169}\\u{516b}\\u{516d}\\u{5341}\\u{5343}-\\u{5345}\\u{534c}" +
  "\\u{53c1}-\\u{53c4}\\u{56db}\\u{58f1}\\u{58f9}\\u{5e7a}\\u{5efe}-\\u{5eff}\\u{5f0c}-\\u{5f0e}\\u{5f10}\\u{62fe}\\u{634c}" +
  "\\u{67d2}\\u{6f06}\\u{7396}\\u{767e}\\u{8086}\\u{842c}\\u{8cae}\\u{8cb3}\\u{8d30}\\u{9621}\\u{9646}\\u{964c}\\u{9678}\\u{96f6}" +
  "\\u{f96b}\\u{f973}\\u{f978}\\u{f9b2}\\u{f9d1}\\u{f9d3}\\u{f9fd}\\u{2f890}";

const classes = {
  alpha: /^\p{L}+$/u,
  decimal: /^\p{Nd}+$/u,
  digit: new RegExp(`^[\\p{Nd}${digitForms}]+$`, "u"),
  numeric: new RegExp(`^[\\p{N}${ideographs}]+$`, "u"),
  alnum: /^[\p{L}\p{N}]+$/u,
  identifier: /^[\p{XID_Start}_]\p{XID_Continue}*$/u,
  notPrintable: /\p{C}|(?! )\p{Z}/u,
};

function isLower(text: string): boolean {
  return lowerLetter.test(text) && !upperLetter.test(text) && !titleLetter.test(text);
}

function isUpper(text: string): boolean {
  return upperLetter.test(text) && !lowerLetter.test(text) && !titleLetter.test(text);
}

function isTitle(text: string): boolean {
  let inWord = false;
  let anyCased = false;
  for (const character of text) {
    if (upperLetter.test(character) || titleLetter.test(character)) {
      if (inWord) return false;
      inWord = anyCased = true;
    } else if (lowerLetter.test(character)) {
      if (!inWord) return false;
      anyCased = true;
    } else inWord = false;
  }
  return anyCased;
}

/** `str.isdigit()` */
export function isDigits(text: string): boolean {
  return classes.digit.test(text);
}

/** `str.isdecimal()` */
function isDecimal(text: string): boolean {
  return classes.decimal.test(text);
}

function converting(name: string, convert: (text: string) => string): MethodEntry<string> {
  return [
    name,
    "each",
    none(`str.${name}`, (text, context) => {
      context.budget.allocate(text.length);
      return convert(text);
    }),
  ];
}

function testing(name: string, test: (text: string) => boolean): MethodEntry<string> {
  return [name, "each", none(`str.${name}`, (text) => test(text))];
}

export const strCase: MethodTable<string> = methodTable([
  converting("upper", (text) => text.toUpperCase()),
  converting("lower", (text) => text.toLowerCase()),
  converting("capitalize", capitalize),
  converting("title", title),
  converting("swapcase", swapCase),
  converting("casefold", caseFold),
  testing("isalpha", (text) => classes.alpha.test(text)),
  testing("isalnum", (text) => classes.alnum.test(text)),
  testing("isdecimal", isDecimal),
  testing("isdigit", isDigits),
  testing("isnumeric", (text) => classes.numeric.test(text)),
  testing("isidentifier", (text) => classes.identifier.test(text)),
  testing("isprintable", (text) => !classes.notPrintable.test(text)),
  testing("isspace", isSpace),
  testing("isascii", (text) => !/[\u0080-\uffff]/.test(text)),
  testing("islower", isLower),
  testing("isupper", isUpper),
  testing("istitle", isTitle),
]);
