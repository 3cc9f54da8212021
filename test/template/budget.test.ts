import { describe, expect, it } from "vitest";
import { renderTemplate } from "../../engine/template/index.js";

// Each asks for more than a rendering may use. It must stop with a problem, soon, and with the memory still there.

const hungry: readonly string[] = [
  "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
  "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
  "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}",
  "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
  "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
  "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
  "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
  "{% set l = [1] %}{% for x in l %}{% do l.append(x) %}{% endfor %}",
  "{{ 'x' * 9999999999 }}",
  "{{ 'x' * 999999 * 999999 }}",
  "{{ [0] * 9999999999 }}",
  "{{ (1,) * 999999999 }}",
  "{{ 'x'.encode() * 9999999999 }}",
  "{{ 2 ** 99999999 }}",
  "{{ 9 ** (9 ** 9) }}",
  "{{ '%999999999d' % 1 }}",
  "{{ '%.999999999f' % 1.5 }}",
  "{{ '%*d' % (999999999, 1) }}",
  "{{ '{:999999999}'.format(1) }}",
  "{{ '{:>{w}}'.format(1, w=999999999) }}",
  "{{ 'x'.ljust(999999999) }}",
  "{{ 'x'.center(999999999) }}",
  "{{ 'x'.zfill(999999999) }}",
  "{{ 'x'|center(999999999) }}",
  "{{ 'a\tb'.expandtabs(999999999) }}",
  "{{ ('x' * 9999).replace('', 'x' * 99999) }}",
  "{{ ('x' * 99999)|replace('x', 'y' * 99999) }}",
  "{{ ('x' * 9999).join(['y'] * 99999) }}",
  "{{ ('a\n' * 999)|indent(9999999) }}",
  "{{ 'x'|indent(999999999, true) }}",
  "{% set s = namespace(x='x') %}{% for i in range(99) %}{% set s.x = s.x ~ s.x %}{% endfor %}",
  "{% set s = namespace(x='x') %}{% for i in range(99) %}{% set s.x = s.x + s.x %}{% endfor %}",
  "{% set s = namespace(x='x') %}{% for i in range(99) %}{% set s.x = [s.x, s.x]|join %}{% endfor %}",
  "{% set s = namespace(x='x') %}{% for i in range(99) %}{% set s.x = '%s%s' % (s.x, s.x) %}{% endfor %}",
  "{% set s = namespace(x='x') %}{% for i in range(99) %}{% set s.x = '{0}{0}'.format(s.x) %}{% endfor %}",
  "{% set s = namespace(x='x') %}{% for i in range(99) %}{% set s.x %}{{ s.x }}{{ s.x }}{% endset %}{% endfor %}",
  "{% set l = namespace(x=[1]) %}{% for i in range(99) %}{% set l.x = l.x + l.x %}{% endfor %}",
  "{% set l = namespace(x=[1]) %}{% for i in range(40) %}{% set l.x = [l.x, l.x] %}{% endfor %}{{ l.x }}",
  "{% set l = namespace(x=[1]) %}{% for i in range(40) %}{% set l.x = [l.x, l.x] %}{% endfor %}{{ l.x == l.x + [] }}{{ l.x|string|length }}",
  "{% set n = namespace(x=3) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
  "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' is match('(a+)+$') }}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'|regex_search('(a|aa)+$') }}{{ ('a' * 99999)|regex_replace('(a*)*b', '') }}",
  "{{ ('ab' * 50000)|regex_replace('(a|b|ab)*c', 'x') }}",
  "{{ range(99999)|list|permutations|list }}",
  "{{ range(9999)|combinations(3)|list }}",
  "{{ range(9999)|product(range(9999), range(9999))|list }}",
  "{% for i in range(99999) %}{{ ('1' * 1000000)|float }}{{ ('1' * 4000)|int }}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('1' * 1000000)|to_num %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('1' * 1000000)|str_to_num %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('1' * 1000000)|filesizeformat %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('1' * 1000000)|human_to_bytes %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('1' * 1000000)|date_format %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = 1.5.fromhex('1' * 1000000) %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('a' * 1000000).encode().hex(':', 1) %}{% endfor %}",
  "{% for i in range(99999) %}{% set x = ('a-' * 500000)|wordwrap(1) %}{% endfor %}",
  "{% for x in 'ab'|combinations_with_replacement(10**8) %}{{ x }}{% endfor %}",
  "{{ ifelse('*a'*30~'b', 1, 2, minion_id='a'*3000) }}{% for i in range(99999) %}{{ ifelse('*a'*30~'b', 1, 2, minion_id='a'*3000) }}{% endfor %}",
  "{% set l = range(99999)|list %}{% for i in l %}{% set x = l == l + [] %}{% endfor %}",
  "{% set l = range(99999)|list %}{% for i in l %}{{ l|string|length }}{% endfor %}",
  "{% set s = '😀' * 300000 %}{% for i in range(99999) %}{{ s|length }}{% endfor %}",
  "{% for i in range(99999) %}{% set x = show_full_context() %}{% set y = x %}{% endfor %}{{ range(99999)|list|product(range(99999)|list)|list }}",
  "{{ 'x'|batch(999999999, 'y')|list }}",
  "{{ 'x'|slice(999999999)|list }}",
  `{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}`,
  `{{ ${"[".repeat(5000)}${"]".repeat(5000)} }}`,
  `{{ 1${" + 1".repeat(5000)} }}`,
  `{{ x${".x".repeat(5000)} }}`,
  `{{ 1${"|string".repeat(5000)} }}`,
  `{{ ${"not ".repeat(5000)}1 }}`,
  `{{ ${"-".repeat(5000)}1 }}`,
  `${"{% if 1 %}".repeat(3000)}${"{% endif %}".repeat(3000)}`,
  `${"{% for x in [1] %}".repeat(3000)}${"{% endfor %}".repeat(3000)}`,
  "{% load_yaml as x %}\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n{% endload %}{{ x }}",
];

describe("a template that asks for too much", () => {
  it.each(hungry)("%s", (template) => {
    const before = process.memoryUsage().rss;
    const { text, problems } = renderTemplate(template);
    expect(problems[0]?.severity).toBe("error");
    expect(text.length).toBeLessThanOrEqual(5_000_001);
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
  });

  it("is told so with a code of its own", () => {
    for (const template of [
      "{{ 'x' * 9999999999 }}",
      "{{ 2 ** 99999999 }}",
      "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ]) {
      expect(renderTemplate(template).problems[0]?.code, template).toBe("jinja-budget");
    }
  });

  it("keeps what was rendered before", () => {
    const { text, problems } = renderTemplate("before {{ 'x' * 9999999999 }} behind");
    expect(text).toBe("before ");
    expect(problems[0]?.range).toEqual({ start: 10, end: 26 });
  });

  it("stops an import that imports itself", () => {
    const host = { loadTemplate: (path: string) => ({ path, source: `{% include '${path}' %}` }) };
    expect(renderTemplate("{% include 'a' %}", { host }).problems).toHaveLength(1);
    const chain = { loadTemplate: (path: string) => ({ path, source: `{% include '${path}x' %}` }) };
    expect(renderTemplate("{% include 'a' %}", { host: chain }).problems).toHaveLength(1);
  });
});

describe("a template that asks for much, but not too much", () => {
  it.each([
    ["{% for x in range(10000) %}{{ x }}{% endfor %}", 38890],
    ["{{ 'x' * 1000000 }}", 1000000],
    ["{{ range(50000)|list|length }}", 5],
    ["{{ (2 ** 10000)|string|length }}", 4],
    ["{% macro m(n) %}{{ m(n - 1) if n > 0 }}{% endmacro %}{{ m(60) }}", 0],
  ])("%s", (template, length) => {
    const { text, problems } = renderTemplate(template);
    expect(problems).toEqual([]);
    expect(text).toHaveLength(length);
  });
});
