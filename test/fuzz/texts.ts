import { noFlags, Pattern } from "../../engine/regex/index.js";
import { renderTemplate } from "../../engine/template/index.js";
import { PyError } from "../../engine/value/types.js";
import { loadYaml } from "../../engine/yaml/index.js";
import { TestMeter } from "../value/meter.js";
import { anyText, type Fuzzer } from "./fuzzer.js";

const templatePieces =
  "{{ }} {% %} {# #} -%} {%- ( ) [ ] { } ' \" \\ | . , : ~ + - * / % == = < if else endif for in endfor set endset macro endmacro call endcall raw endraw include import x y range(9) 'a' 1 9999 1.5 upper join( replace( regex_search( |int |string ".split(
    " ",
  );
const yamlPieces = [
  ..."a b: - ? : [ ] { } , & * ! | > ' \" # % @ ` << 1 1.5 0x1f ~ true !!str &x *x --- ...".split(" "),
  "\n",
  "  ",
  "\t",
];
const regexPieces =
  "a b . * + ? | ( ) [ ] { } ^ $ \\ \\d \\w \\b (?: (?= (?! (?P<n> (?P=n) {2,3} {9999} [^a] \\1 - , 1".split(" ");

/** Enough for any text of this size, and little enough to end in a moment. */
const steps = 200_000;

export const jinja: Fuzzer<string> = {
  name: "jinja",
  make: (random) => anyText(templatePieces, random),
  check: (source) => {
    renderTemplate(source, { context: { x: [1, "a"], y: { k: 1 } }, limits: { steps, output: steps, size: steps } });
  },
};

export const yaml: Fuzzer<string> = {
  name: "yaml",
  make: (random) => anyText(yamlPieces, random),
  check: (text) => void loadYaml(text),
};

export const regex: Fuzzer<string> = {
  name: "regex",
  make: (random) => anyText(regexPieces, random),
  check: (pattern) => {
    try {
      new Pattern(pattern, noFlags).search("aab 12 abab".repeat(20), new TestMeter());
    } catch (error) {
      if (!(error instanceof PyError)) throw error;
    }
  },
};
