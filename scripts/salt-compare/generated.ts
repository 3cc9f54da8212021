import { filters } from "../../engine/template/filters/index.js";
import { tests } from "../../engine/template/tests/index.js";
import type { Case } from "./main.js";

/** What depends on chance, on the machine or on the present is the same nowhere. */
const unpredictable =
  /random|shuffle|uuid|strftime|date_format|network|host|ip|gethost|which|file_|path_|hash|check_|get_|http|avail|is_hex|method_call/;

const values = [
  "'Abc 12'",
  "''",
  "'a,b'",
  "12",
  "-1.5",
  "true",
  "none",
  "[3, 1, 2]",
  "['b', 'A']",
  "{'a': 1, 'b': 'x\\ny'}",
  "[{'k': 1}, {'k': 2}]",
];

/** Every filter and test over a few values, without arguments and with one. */
export function generatedCases(short: boolean): Case[] {
  const texts: string[] = [];
  for (const filter of filters.keys()) {
    if (unpredictable.test(filter)) continue;
    for (const value of values) texts.push(`{{ ${value}|${filter} }}`, `{{ ${value}|${filter}('a') }}`);
  }
  for (const test of tests.keys()) for (const value of values) texts.push(`{{ ${value} is ${test} }}`);
  return texts
    .filter((_, index) => !short || index % 7 === 0)
    .map((text): Case => ({ id: `generated ${text}`, kind: "jinja", text, profile: "windows-amd64" }));
}
