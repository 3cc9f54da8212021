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

/** What changed between releases: asked also where not all of the rest is. */
const edges = [
  "{{ 'a1'|regex_search('[0-9]') }} {{ 'ab'|regex_match('[a-z]') }} {{ 'ab'|regex_match('(a)') }}",
  "{{ {'a': 1}|to_entries }}",
  "{{ [{'key': 'a', 'value': 1}]|from_entries }}",
  "{{ {'a': 'x\\ny', 'b': ['p\\tq', {'c': 'r\\rs'}]} }}",
  `{{ {'a': '${"word ".repeat(30)}\\n${"longer ".repeat(20)}'} }}`,
  `{{ {'a': '${"ü".repeat(90)} \\n "quoted" \\\\ ${"x ".repeat(60)}'} }}`,
  `{{ {'k': '${"word ".repeat(30)}\\n${"longer  ".repeat(20)}', 'p': '${"plain ".repeat(40)}'}|yaml }}`,
  `{{ ['${"x".repeat(90)} \\n y', "it's ${"so ".repeat(50)}", 'ü\\u2028 ${"a  b ".repeat(30)}😀']|yaml(False) }}`,
  '#jinja2: {"trim_blocks": true, "variable_start_string": "[[", "variable_end_string": "]]"}\n{% if 1 %}\n[[ 1 ]]\n{% endif %}\n',
  '#!jinja|yaml\n#jinja2: {"lstrip_blocks": true}\n  {% if 1 %}\nx {{ y }}\n{% endif %}\n',
  "#jinja2: {nope\n{{ 1 }}\n",
  "{% load_yaml as x %}\na: !!binary aGVsbG8\n{% endload %}{{ x }}",
];
const yamlEdges = [
  "a: !!binary aGVsbG8\n",
  "a: !!binary aGVsbG8=\n",
  "a: !!binary |\n  aGVs\n  bG8\n",
  "a: !!binary a\n",
];

/** Every filter and test over a few values, without arguments and with one. */
export function generatedCases(short: boolean): Case[] {
  const texts: string[] = [];
  for (const filter of filters.keys()) {
    if (unpredictable.test(filter)) continue;
    for (const value of values) texts.push(`{{ ${value}|${filter} }}`, `{{ ${value}|${filter}('a') }}`);
  }
  for (const test of tests.keys()) for (const value of values) texts.push(`{{ ${value} is ${test} }}`);
  const some = texts.filter((_, index) => !short || index % 7 === 0);
  return [
    ...[...edges, ...some].map(
      (text): Case => ({ id: `generated ${text}`, kind: "jinja", text, profile: "windows-amd64" }),
    ),
    ...yamlEdges.map((text): Case => ({ id: `generated ${text}`, kind: "yaml", text })),
  ];
}
