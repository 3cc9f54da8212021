import { answeredFunctions } from "../../../engine/render/salt-functions.js";
import { filters } from "../../../engine/template/filters/index.js";
import { globals } from "../../../engine/template/globals/index.js";
import { tagParsers } from "../../../engine/template/syntax/tags/index.js";
import { tests } from "../../../engine/template/tests/index.js";

/** The words that can begin a tag wherever it stands: Jinja's own and Salt's. The lexer knows `raw` alone. */
export const tagNames: readonly string[] = [...tagParsers.keys(), "raw"].sort();

export const filterNames: readonly string[] = [...filters.keys()].sort();

/** Only what can be written after `is`: some tests are named like operators. */
export const testNames: readonly string[] = [...tests.keys()].filter((name) => /^\w+$/.test(name)).sort();

export const globalNames: readonly string[] = [...globals.keys()].sort();

export const functionNames: readonly string[] = answeredFunctions;

/** What a loop tells of itself. */
export const loopMembers: readonly string[] =
  "index index0 first last length revindex revindex0 previtem nextitem depth depth0 cycle changed".split(" ");

/** What Salt hands to every template. */
export const saltNames: readonly string[] = ["salt", "grains", "pillar", "opts"];
