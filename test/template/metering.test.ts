import { describe, expect, it } from "vitest";
import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { answeredFunctions } from "../../engine/render/salt-functions.js";
import { chargeCall } from "../../engine/template/cost.js";
import { filters } from "../../engine/template/filters/index.js";
import { globals } from "../../engine/template/globals/index.js";
import { renderTemplate } from "../../engine/template/index.js";
import { Callable } from "../../engine/template/runtime.js";
import { tests } from "../../engine/template/tests/index.js";
import { TestMeter } from "../value/meter.js";

// A call costs at least what its operands are long. So a call on something large, made over and over, is ended after a
// number of calls that goes by the size; nothing here is measured by a clock.

const limits = { steps: 5_000, size: 500_000, output: 100_000 };
/** Of a value of 12,500 characters or 2,500 items no more calls than this fit into the limit. */
const mostCalls = 40;

const large: readonly string[] = [
  "'1' * 12500",
  "' ' * 12500",
  "'a_' * 6250",
  "'😀' * 6250",
  "('a' * 12500).encode()",
  "range(2500)|list",
  "range(2500)|zip(range(2500))|list",
  "dict(range(2500)|zip(range(2500)))",
];

/** How many calls it took until the budget was used up; undefined when Python's own error ended the template. */
function callsOf(expression: string, value: string): number | undefined {
  const template = `{% set v = ${value} %}{% for i in range(99999) %}{% set x = ${expression} %}.{% endfor %}`;
  const { text, problems } = renderTemplate(template, { limits, map: false });
  expect(problems, `${expression} of ${value}`).toHaveLength(1);
  return problems[0]?.code === "jinja-budget" ? text.length : undefined;
}

function tooCheap(expressions: readonly string[]): string[] {
  return large.flatMap((value) =>
    expressions
      .filter((expression) => (callsOf(expression, value) ?? 0) > mostCalls)
      .map((expression) => `${expression} of ${value}`),
  );
}

const metered = (table: ReadonlyMap<string, { readonly cost: string }>) =>
  [...table].filter(([name, { cost }]) => cost !== "constant" && /^\w+$/.test(name)).map(([name]) => name);

describe("a call goes by the size of its operands", () => {
  it.each(metered(filters))("filter %s", (name) => {
    expect(tooCheap([`v|${name}`, `v|${name}(1)`, `v|${name}('a')`, `v|${name}(v)`])).toEqual([]);
  });

  it.each(metered(tests))("test %s", (name) => {
    expect(tooCheap([`v is ${name}`, `v is ${name}(v)`, `v is ${name}('a')`])).toEqual([]);
  });

  it("methods", () => {
    const methods =
      "casefold center count endswith expandtabs find format index isalnum isprintable istitle join ljust lower lstrip partition replace rfind rsplit split splitlines startswith strip swapcase title translate zfill hex decode fromkeys copy extend update union issubset".split(
        " ",
      );
    for (const name of methods)
      expect(tooCheap([`v.${name}()`, `v.${name}('a')`, `v.${name}(v)`, `v.${name}('a', v)`])).toEqual([]);
  });

  it("operators", () => {
    const expressions = [
      "v == v + v",
      "v ~ v",
      "v[1:]",
      "v[::-1]",
      "[v + v] == [v + v]",
      "v|string|length",
      "'%s' % v",
      "(v, v) in {(v, v): 1}",
    ];
    expect(tooCheap(expressions)).toEqual([]);
  });

  it("globals", () => {
    for (const [name, value] of globals)
      if (value instanceof Callable) expect(["constant", "linear", "each", "counted"], name).toContain(value.cost);
    expect(
      tooCheap(["dict(v)", "namespace(a=v)", "ifelse(v, 1, 2, minion_id=v)", "cycler(v, v)", "joiner(v)"]),
    ).toEqual([]);
  });

  it.each(answeredFunctions)("salt['%s']", (name) => {
    const profile = {
      ...builtinProfiles[0]!,
      registry: Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`HKLM\\S\\v${n}`, n])),
    };
    const source = `{% set v = 'a:' * 6250 %}{% for i in range(99999) %}{% set x = salt['${name}'](v, v, v) %}.{% endfor %}`;
    const { rendered, problems } = renderDefinition(source, { path: "a.sls", profile, limits, dataOnly: true });
    expect(problems.length).toBeGreaterThan(0);
    if (!/items$/.test(name)) expect(rendered.length).toBeLessThanOrEqual(mostCalls);
  });
});

describe("a charge", () => {
  it.each([
    ["constant", 1],
    ["linear", 1 + 100_000 / 16],
    ["each", 1 + 8 * (100_000 / 16)],
    ["counted", 1 + 100_000 / 16],
  ] as const)("of %s is %d steps for a text of 100,000 characters", (cost, steps) => {
    const meter = new TestMeter();
    chargeCall(meter, cost, "a".repeat(60_000), ["b".repeat(20_000)], new Map([["x", "c".repeat(20_000)]]));
    expect(meter.steps).toBe(steps);
  });

  it("that finds the budget used up ends the template also where an error is being handled", () => {
    const { problems } = renderTemplate(
      "{% set v = 'a' * 12500 %}{% for i in range(99999) %}{% set x = v is sameas missing %}{{ v == v }}{% endfor %}",
      { limits },
    );
    expect(problems[0]?.undecided).toBe("limit");
  });
});
