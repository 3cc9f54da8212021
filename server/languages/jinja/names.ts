import { answeredFunctions } from "../../../engine/render/salt-functions.js";
import { filters } from "../../../engine/template/filters/index.js";
import { globals } from "../../../engine/template/globals/index.js";
import { tests } from "../../../engine/template/tests/index.js";

/** The words that can begin a tag: Jinja's own, then Salt's. */
export const tagNames: readonly string[] = [
  ..."set if elif else endif for endfor macro endmacro call endcall filter endfilter with endwith raw endraw".split(
    " ",
  ),
  ..."block endblock extends include import from do break continue autoescape endautoescape endset".split(" "),
  ..."load_yaml load_json load_text endload import_yaml import_json import_text profile endprofile".split(" "),
];

export const filterNames: readonly string[] = [...filters.keys()].sort();

/** Only what can be written after `is`: some tests are named like operators. */
export const testNames: readonly string[] = [...tests.keys()].filter((name) => /^\w+$/.test(name)).sort();

export const globalNames: readonly string[] = [...globals.keys()].sort();

export const functionNames: readonly string[] = answeredFunctions;
