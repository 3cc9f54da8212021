import { describe, expect, it } from "vitest";
import { renderTemplate } from "../../engine/template/index.js";

// What people tried on Jinja's sandbox and on nunjucks, to reach the host through a template. Each attempt must end as
// Jinja's sandbox ends it, and never with a JavaScript object in the output.

const context = { s: "text", lst: [1], d: { x: 1 }, n: 5 };

function outcome(template: string): string {
  const { text, problems } = renderTemplate(template, { context });
  const [problem] = problems;
  return problem ? `${problem.exception}: ${problem.message}` : text;
}

const unsafe = (name: string, type: string) =>
  `SecurityError: access to attribute '${name}' of '${type}' object is unsafe.`;

describe("chains of private attributes are refused at their first link", () => {
  it.each([
    ["{{ ''.__class__ }}", "__class__", "str"],
    ["{{ ''['__class__'] }}", "__class__", "str"],
    ["{{ ''|attr('__class__') }}", "__class__", "str"],
    ["{{ ().__class__.__bases__[0].__subclasses__() }}", "__class__", "tuple"],
    ["{{ [].__class__.__mro__ }}", "__class__", "list"],
    ["{{ {}.__class__ }}", "__class__", "dict"],
    ["{{ (1).__class__ }}", "__class__", "int"],
    ["{{ s.__init__.__globals__ }}", "__init__", "str"],
    ["{{ 's'.join.__self__ }}", "__self__", "builtin_function_or_method"],
    ["{{ lst.__getattribute__('append') }}", "__getattribute__", "list"],
    ["{{ d.__reduce__() }}", "__reduce__", "dict"],
    ["{{ '{0.__class__}'.format(s) }}", "__class__", "str"],
    ["{{ '{x.__class__.__mro__}'.format(x=lst) }}", "__class__", "list"],
    ["{{ '{x.__class__}'.format_map({'x': n}) }}", "__class__", "int"],
    ["{{ '{0[__class__]}'.format(s) }}", "__class__", "str"],
    ["{% set f = '{0.__class__}'.format %}{{ f(s) }}", "__class__", "str"],
    ["{{ ['{0.__class__}']|map('attr', 'format')|list|first('x') }}{{ ''.__class__ }}", "", ""],
    ["{% macro m() %}{% endmacro %}{{ m.__class__ }}", "__class__", "Macro"],
    ["{% for x in lst %}{{ loop.__class__ }}{% endfor %}", "__class__", "LoopContext"],
    ["{{ range.__class__ }}", "__class__", "function"],
    ["{{ missing.__class__ }}", "__class__", "StrictUndefined"],
  ])("%s", (template, name, type) => {
    const found = outcome(template);
    if (name === "") expect(found).toMatch(/^\w+Error: /);
    else expect(found).toBe(unsafe(name, type));
  });

  it.each([
    "{{ namespace.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ dict.__base__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{% set x = ''|attr('_' ~ '_class_' ~ '_') %}{{ x }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ (lst|map(attribute='__class__')|list)[0] }}",
    "{{ lst|map('attr', '__class__')|list|first }}",
    "{{ [s]|groupby('__class__')|list }}",
    "{{ [s, s]|sort(attribute='__class__') }}",
    "{{ [s]|selectattr('__class__.__name__')|list }}",
    "{{ s.format.__globals__ }}",
    "{{ (s|string).__class__ }}",
    "{{ 'x'.format.__func__ }}",
  ])("%s", (template) => {
    expect(outcome(template)).toMatch(/^(SecurityError|UndefinedError|TypeError|AttributeError): /);
  });
});

describe("the ways of JavaScript lead nowhere", () => {
  it.each([
    "constructor",
    "prototype",
    "__proto__",
    "hasOwnProperty",
    "toString",
    "valueOf",
    "isPrototypeOf",
    "__defineGetter__",
    "__lookupGetter__",
    "then",
    "caller",
    "callee",
    "arguments",
    "apply",
    "bind",
    "length",
    "size",
    "entries_",
    "values_",
  ])("%s is no attribute of anything", (name) => {
    for (const value of ["s", "lst", "d", "n", "1.5", "none", "true", "range", "dict", "(1,)", "namespace(a=1)"]) {
      expect(outcome(`{{ ${value}.${name} is defined }}`), value).toBe("False");
      expect(outcome(`{{ ${value}['${name}'] is defined }}`), value).toBe("False");
      expect(outcome(`{{ ${value}|attr('${name}') is defined }}`), value).toBe("False");
    }
    expect(outcome(`{{ ${name} is defined }}`)).toBe("False");
  });

  it.each([
    "{{ ''.constructor.constructor('return process')() }}",
    "{{ range.constructor('return global.process.mainModule')() }}",
    "{{ ({}).constructor.keys(1) }}",
    "{{ [].constructor.prototype.join('x') }}",
    "{{ cycler.constructor('return 1')() }}",
    "{{ dict.prototype.constructor }}",
    "{% set d.__proto__ = {'polluted': 1} %}",
    "{{ process.env }}",
    "{{ globalThis }}",
    "{{ require('fs') }}",
    "{{ this }}",
  ])("%s", (template) => {
    expect(outcome(template)).toMatch(/^(UndefinedError|TemplateRuntimeError): /);
  });

  it("keys of a dict are data, never a prototype", () => {
    const template =
      "{% set d = {'__proto__': 1, 'constructor': 2} %}{% do d.update({'toString': 3}) %}{{ d }}{{ d.valueOf is defined }}";
    expect(outcome(template)).toBe("{'__proto__': 1, 'constructor': 2, 'toString': 3}False");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("variables are looked up among those given, not among an object's own", () => {
    for (const name of ["constructor", "__proto__", "hasOwnProperty", "toString"]) {
      expect(outcome(`{{ ${name} }}`)).toBe(`UndefinedError: '${name}' is undefined`);
      expect(outcome(`{{ 1|${name} }}`)).toBe(`TemplateAssertionError: No filter named '${name}'.`);
      expect(outcome(`{{ 1 is ${name} }}`)).toBe(`TemplateAssertionError: No test named '${name}'.`);
      expect(outcome(`{{ [1]|map('${name}')|list }}`)).toMatch(/^TemplateRuntimeError: No filter named/);
    }
  });
});

describe("no template leaves its folder", () => {
  const asked: string[] = [];
  const host = {
    loadTemplate(path: string) {
      asked.push(path);
      return undefined;
    },
  };
  it.each(["../secret", "./../../secret", "../../etc/passwd", "..", "./.."])("%s", (path) => {
    asked.length = 0;
    const { problems } = renderTemplate(`{% include '${path}' %}`, { host });
    expect(problems[0]?.exception).toBe("TemplateNotFound");
    expect(asked).toEqual([]);
  });
});
