import { describe, expect, it } from "vitest";
import { renderTemplate } from "../../engine/template/index.js";

// What Jinja 3.1.6, set up as Salt does, gives for each of these: the output, or the exception.

const files: Readonly<Record<string, string>> = {
  lib: "{% set v = 'V' %}{% set _p = 1 %}{% macro m(a) %}<{{ a }}{{ n }}>{% endmacro %}text",
  ctx: "{% macro show() %}{{ own|d('none') }}{{ n }}{% endmacro %}",
  inc: "[{{ own|d('none') }}{{ n }}]",
  bad: "a\n{% if %}",
  data: "a: {{ n }}\nb: [1, 2]\n",
  base: "({% block a %}a{% endblock %}{% block b %}b{% endblock %})",
};

const measured: Readonly<Record<string, readonly (readonly [template: string, outcome: string])[]>> = {
  scoping: [
    ["{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = i + 5 %}{{ x }};{% endfor %}{{ x }}", "16;17;1"],
    ["{% for i in [1] %}{{ n }}{% endfor %}{% set n = 2 %}", "UndefinedError: 'n' is undefined"],
    ["{% macro m() %}{{ n }}{% endmacro %}{{ m() }}{% set n = 2 %}", "UndefinedError: 'n' is undefined"],
    ["{% macro m() %}{{ later }}{% endmacro %}{% set later = 3 %}{{ m() }}", "3"],
    ["{% if true %}{% set n = 7 %}{% endif %}{{ n }}", "7"],
    ["{% if false %}{% set n = 7 %}{% endif %}{{ n }}", "5"],
    ["{% if false %}{% set y = 7 %}{% else %}{% set y = 8 %}{% endif %}{{ y }}", "8"],
    ["{% with a = 1, b = n %}{{ a }}{{ b }}{% set n = 9 %}{{ n }}{% endwith %}{{ n }}", "1595"],
    ["{% with a = 1, b = a %}{{ b }}{% endwith %}", "UndefinedError: 'a' is undefined"],
    ["{% set ns = namespace(v=0) %}{% for i in range(4) %}{% set ns.v = ns.v + i %}{% endfor %}{{ ns.v }}", "6"],
    ["{% set ns = namespace() %}{% set ns.a, b = 1, 2 %}{{ ns.a }}{{ b }}", "12"],
    ["{% set x %}a{% set y = 2 %}{{ y }}{% endset %}{{ x }}{{ y is defined }}", "a2False"],
    ["{% set x | upper | replace('A', 'b') %}aa{% endset %}{{ x }}", "bb"],
    ["{% filter upper %}{% set y = 'q' %}{{ y }}{% endfilter %}{{ y is defined }}", "QFalse"],
    [
      "{% macro a() %}{% macro b() %}b{{ n }}{% endmacro %}{{ b() }}{% endmacro %}{{ a() }}{{ b is defined }}",
      "b5False",
    ],
    ["{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}", "12"],
    ["{% set l = [] %}{% for i in [1, 2] %}{% set _ = l.append(i) %}{% endfor %}{{ l }}", "[1, 2]"],
    ["{% set (a, b), c = [[1, 2], 3] %}{{ a }}{{ b }}{{ c }}", "123"],
    ["{{ loop is defined }}{% for i in [1] %}{{ loop is defined }}{% endfor %}", "FalseTrue"],
    ["{% set loop = 4 %}{% for i in [1] %}{{ loop.index }}{% endfor %}{{ loop }}", "14"],
    [
      "{% for loop in [1] %}x{% endfor %}",
      "TemplateAssertionError: Can't assign to special loop variable in for-loop target",
    ],
  ],
  loops: [
    ["{% for x in [1, 2, 3] if x > 1 %}{{ loop.index }}/{{ loop.length }}:{{ x }} {% endfor %}", "1/2:2 2/2:3 "],
    ["{% for x in [] %}a{% else %}none{% endfor %}", "none"],
    ["{% for x in [1, 2] if x > 5 %}a{% else %}none{% endfor %}", "none"],
    ["{% for x in [1, 2] %}{% continue %}{% else %}all skipped{% endfor %}", "all skipped"],
    ["{% for x in [1, 2] %}{{ x }}{% break %}{% else %}E{% endfor %}", "1E"],
    [
      "{% for x in [1, 2, 3] %}{{ loop.previtem|d('-') }}{{ x }}{{ loop.nextitem|d('-') }} {% endfor %}",
      "-12 123 23- ",
    ],
    [
      "{% for x in 'ab' %}{{ loop.first }}{{ loop.last }}{{ loop.revindex }}{{ loop.revindex0 }} {% endfor %}",
      "TrueFalse21 FalseTrue10 ",
    ],
    ["{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }} {% endfor %}", "Truea Falseb Truea "],
    [
      "{% for x in [[1, [2, 3]], 4] recursive %}{{ loop.depth }}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}{% endif %}{% endfor %}",
      "1(212(3233))14",
    ],
    [
      "{% for x in [1] %}{{ loop([2]) }}{% endfor %}",
      "TypeError: The loop must have the 'recursive' marker to be called recursively.",
    ],
    ["{% for x in [1] %}{{ loop.cycle() }}{% endfor %}", "TypeError: no items for cycling given"],
    [
      "{% set l = [1] %}{% for x in l %}{{ x }}{% if x < 4 %}{% do l.append(x + 1) %}{% endif %}{% endfor %}{{ l }}",
      "1234[1, 2, 3, 4]",
    ],
    [
      "{% set d = {'a': 1} %}{% for x in d %}{% do d.update({'b': 2}) %}{% endfor %}",
      "RuntimeError: dictionary changed size during iteration",
    ],
    ["{% for x in [1, 2]|map('string') %}{{ loop.length }}{{ x }}{% endfor %}", "2122"],
    [
      "{% for a, b in [[1, 2], [3]] %}{{ a }}{{ b }}{% endfor %}",
      "ValueError: not enough values to unpack (expected 2, got 1)",
    ],
    ["{% for a, b in [1] %}{{ a }}{% endfor %}", "TypeError: cannot unpack non-iterable int object"],
    ["{% for x in n %}{% endfor %}", "TypeError: 'int' object is not iterable"],
    ["{% for x, in [(1,)] %}{{ x }}{% endfor %}", "TemplateSyntaxError: expected token 'in', got '['"],
    ["{% for k, (a, b) in {'x': (1, 2)}.items() %}{{ k }}{{ a }}{{ b }}{% endfor %}", "x12"],
    [
      "{% for x in [1, 2] %}{% for y in [1, 2] %}{% if y == 2 %}{% break %}{% endif %}{{ x }}{{ y }} {% endfor %}{% endfor %}",
      "11 21 ",
    ],
  ],
  macros: [
    ["{% macro m(a, b=a ~ '!', *c) %}{% endmacro %}", "TemplateSyntaxError: expected token 'name', got '*'"],
    ["{% macro m(a, a) %}{% endmacro %}", "SyntaxError: duplicate argument 'a' in function definition"],
    [
      "{% if 0 %}{% macro m(b, a, a=1) %}{% endmacro %}{% endif %}",
      "SyntaxError: duplicate argument 'a' in function definition",
    ],
    ["{% call(x, x) m() %}{% endcall %}", "SyntaxError: duplicate argument 'x' in function definition"],
    ["{% break %}{% macro m(a, a) %}{% endmacro %}", "SyntaxError: duplicate argument 'a' in function definition"],
    ["{% macro m(a, a) %}{{ 1|nope }}{% endmacro %}", "TemplateAssertionError: No filter named 'nope'."],
    ["{% macro m(a, b=a ~ '!') %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(b=3, a=4) }}", "11!1243"],
    ["{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}", "1(2, 3){'x': 4}"],
    ["{% macro m(a) %}{{ caller(a) }}{% endmacro %}{% call(x) m(5) %}<{{ x }}{{ n }}>{% endcall %}", "<55>"],
    [
      "{% macro m() %}{{ caller.name }}{{ caller.arguments }}{{ caller }}{% endmacro %}{% call(x) m() %}{% endcall %}",
      "None('x',)<Macro anonymous>",
    ],
    [
      "{% macro m() %}x{% endmacro %}{% call m() %}{% endcall %}",
      "TypeError: macro 'm' was invoked with two values for the special caller argument. This is most likely a bug.",
    ],
    ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "UndefinedError: parameter 'a' was not provided"],
    ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}", "TypeError: macro 'm' takes no keyword argument 'a'"],
    [
      "{% macro m(caller) %}{{ caller }}{% endmacro %}{{ m(1) }}",
      'TemplateAssertionError: When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
    ],
    ["{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", "UndefinedError: No caller defined"],
    ["{% macro m(n) %}{{ n }}{{ m(n - 1) if n > 0 }}{% endmacro %}{{ m(3) }}", "3210"],
    ["{{ (m)(1) if m is defined else 'no' }}{% macro m(a) %}{% endmacro %}", "no"],
    ["{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}", "1234"],
    [
      "{% macro m() %}{% endmacro %}{{ m }}{{ m.name }}{{ m.catch_kwargs }}{{ m.nope is defined }}",
      "<Macro 'm'>mFalseFalse",
    ],
    [
      "{% macro m() %}<{% endmacro %}{% autoescape true %}{{ m() }}{{ '<' }}{{ m()|upper }}{% endautoescape %}",
      "<&lt;<",
    ],
  ],
  undefined: [
    ["{{ a if false }}|{{ (a if false) is defined }}|{{ [1 if false] }}", "|False|[Undefined]"],
    [
      "{{ (1 if false) + 1 }}",
      "UndefinedError: the inline if-expression on line 1 evaluated to false and no else section was defined.",
    ],
    [
      "{{ (1 if false).x }}",
      "UndefinedError: the inline if-expression on line 1 evaluated to false and no else section was defined.",
    ],
    ["{% for x in (1 if false) %}{% else %}empty{% endfor %}{{ (1 if false)|length }}", "empty0"],
    [
      "{{ missing is defined }}{{ d.x is defined }}{{ d.q is defined }}{{ d.q.r is defined }}",
      "UndefinedError: 'dict object' has no attribute 'q'",
    ],
    ["{{ d['q']|d('x') }}{{ missing|d }}|{{ d.q|d(none) }}", "x|None"],
    ["{{ missing == missing }}", "UndefinedError: 'missing' is undefined"],
    ["{{ [missing] }}", "[Undefined]"],
    ["{{ missing or 1 }}", "UndefinedError: 'missing' is undefined"],
    ["{{ 1 or missing }}{{ 0 and missing }}", "10"],
    ["{{ d[missing] }}", "UndefinedError: 'missing' is undefined"],
    [
      "{{ missing.__class__ }}",
      "SecurityError: access to attribute '__class__' of 'StrictUndefined' object is unsafe.",
    ],
    ["{% set x = missing %}{{ x is defined }}{{ x|d('u') }}{{ x }}", "UndefinedError: 'missing' is undefined"],
    ["{{ {missing: 1} }}", "UndefinedError: 'missing' is undefined"],
    ["{{ 'a' in missing }}", "UndefinedError: 'missing' is undefined"],
    ["{{ nope() }}{{ 1|nofilter }}", "TemplateAssertionError: No filter named 'nofilter'."],
    ["{% if false %}{{ 1|nofilter }}{% endif %}ok", "ok"],
    ["{% if true %}{{ 1|nofilter }}{% endif %}", "TemplateRuntimeError: No filter named 'nofilter' found."],
    ["{{ [1]|map('nofilter')|list }}", "TemplateRuntimeError: No filter named 'nofilter'."],
    ["{{ 1 if true else 2 is nosuch }}", "1"],
  ],
  imports: [
    [
      "{% import 'lib' as lib %}{{ lib.m(1) }}{{ lib.v }}{{ lib._p is defined }}{{ lib.n is defined }}",
      "<15>VFalseFalse",
    ],
    ["{% from 'lib' import m as k, v %}{{ k(2) }}{{ v }}", "<25>V"],
    [
      "{% from 'lib' import nope %}{{ nope }}",
      "UndefinedError: the template 'lib' (imported on line 1) does not export the requested name 'nope'",
    ],
    [
      "{% set own = 5 %}{% import 'ctx' as c with context %}{{ c.show() }}{% import 'ctx' as c %}{{ c.show() }}",
      "55none5",
    ],
    ["{% set own = 5 %}{% include 'inc' %}|{% include 'inc' without context %}", "[55]|[none5]"],
    ["{% for own in [1, 2] %}{% include 'inc' %};{% endfor %}", "[15];[25];"],
    ["{% include 'nope' ignore missing %}{% include ['nope', 'inc'] %}", "[none5]"],
    ["{% include 'nope' %}", "TemplateNotFound: nope"],
    ["{% include ['nope', 'neither'] %}", "TemplatesNotFound: none of the templates given were found: nope, neither"],
    ["{% include 'bad' %}", "TemplateSyntaxError: Expected an expression, got 'end of statement block'"],
    ["{% import_yaml 'data' as d %}{{ d.a }}{{ d.b[1] }}", "52"],
    ["{% load_yaml as d %}\na: {{ n }}\nb: [1, '2']\n{% endload %}{{ d }}", "{'a': 5, 'b': [1, '2']}"],
    ['{% load_json as d %}{"a": [1, 2.5, null]}{% endload %}{{ d }}', "{'a': [1, 2.5, None]}"],
    ["{% load_text as d %} {{ n }} {% endload %}[{{ d }}]", "[ 5 ]"],
    ["{% extends 'base' %}{% block a %}A{{ super() }}{% endblock %}ignored {{ missing }}", "(Aab)"],
    ["{% extends 'base' %}{% set v = 1 %}{% block b %}{{ v }}{% endblock %}", "(a1)"],
    ["before {% extends 'base' %}", "before (ab)"],
    ["{% extends 'base' %}{% block a %}{{ self.b() }}{% endblock %}", "(bb)"],
    ["{% block x %}1{% endblock %}{% block x %}2{% endblock %}", "TemplateAssertionError: block 'x' defined twice"],
    ["{% block x %}{{ super() }}{% endblock %}", "UndefinedError: there is no parent block called 'x'."],
    ["{% for i in [1, 2] %}{% block x scoped %}{{ i }}{% endblock %}{% endfor %}", "12"],
    ["{% for i in [1, 2] %}{% block x %}{{ i is defined }}{% endblock %}{% endfor %}", "FalseFalse"],
    ["{% if true %}{% extends 'base' %}{% endif %}{{ missing }}", "(ab)"],
  ],
};

const host = {
  loadTemplate: (path: string) => (Object.hasOwn(files, path) ? { path, source: files[path] as string } : undefined),
};

function outcome(template: string): string {
  const { text, problems } = renderTemplate(template, { context: { n: 5, d: { x: 1 } }, host });
  const [problem] = problems;
  return problem ? `${problem.exception}: ${problem.message}` : text;
}

describe.each(Object.entries(measured))("%s", (_, cases) => {
  it.each(cases)("%s", (template, wanted) => {
    // Of an imported template the message also says which, and where.
    expect(outcome(template).replace(/ \(in \w+, line \d+\)$/, "")).toBe(wanted);
  });
});

describe("an error in a template that is brought in", () => {
  it("is shown where that happens, and says where it is", () => {
    const source = "text\n{% include 'bad' %}";
    const [problem] = renderTemplate(source, { host }).problems;
    expect(problem).toMatchObject({
      message: "Expected an expression, got 'end of statement block' (in bad, line 2)",
      line: 2,
    });
    expect(source.slice(problem?.range.start, problem?.range.end)).toBe("'bad'");
  });

  it("is worded by Salt with the line there and the text here", () => {
    const [problem] = renderTemplate("{% include 'bad' %}\nb\nc", { host }).problems;
    expect(problem?.salt).toBe(
      "Jinja syntax error: Expected an expression, got 'end of statement block'; line 2\n\n" +
        "---\n{% include 'bad' %}\nb    <======================\nc\n---",
    );
  });

  it.each([
    ["{% import 'a/b/lib' as lib %}{{ lib }}", "a/b/lib a/b a.b"],
    ["{% import 'lib' as lib %}{{ lib }}", "lib . "],
    ["{% import 'a/b/lib' as lib with context %}{{ lib }}", "undefined . "],
  ])("knows its own place unless it is given the context: %s", (template, text) => {
    const source = "{{ tplfile|d('undefined') }} {{ tpldir }} {{ tpldot }}";
    expect(renderTemplate(template, { host: { loadTemplate: (path) => ({ path, source }) } }).text).toBe(text);
  });

  it("lets a relative name count from the folder of the template that names it", () => {
    const asked: string[] = [];
    const loadTemplate = (path: string) => {
      asked.push(path);
      return { path, source: path === "a/b/one" ? "{% include './two' %}{% include '../three' %}" : path };
    };
    expect(renderTemplate("{% include 'a/b/one' %}", { host: { loadTemplate } }).text).toBe("a/b/twoa/three");
    expect(asked).toEqual(["a/b/one", "a/b/two", "a/three"]);
  });
});

describe("what was rendered before an error stays", () => {
  it.each([
    ["a {{ 1 }} {{ missing }} b", "a 1 ", "missing"],
    ["{% for x in [1, 2, 0] %}{{ 4 // x }};{% endfor %}", "4;2;", "4 // x"],
    ["a{% for x, y in [(1, 2), 3] %}{{ x }}{% endfor %}", "a1", "x, y"],
    ["{% set x = d.nope %}a{{ x }}", "a", "d.nope"],
    ["a{% macro m(b) %}x{{ b.nope }}{% endmacro %}{{ m(1) }}", "a", "b.nope"],
    ["{{ 'a'.join([1]) }}", "", "'a'.join([1])"],
  ])("%s", (source, text, place) => {
    const rendered = renderTemplate(source, { context: { d: {} } });
    expect(rendered.text).toBe(text);
    const { start = 0, end = 0 } = rendered.problems[0]?.range ?? {};
    expect(source.slice(start, end)).toBe(place);
  });
});
