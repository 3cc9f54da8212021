import { expect, it } from "vitest";
import { CommandOutput } from "../../engine/cli/output.js";
import { toJson } from "../../engine/value/convert.js";
import { loadYamlData } from "../../engine/yaml/index.js";

const nasty = [
  "\u001b]0;title\u0007\u001b[31mred",
  "\u009b2J",
  "a\rb",
  "\u202egnp.exe",
  "::error file=a::gone",
  "  ::add-mask::x",
  "a\n::stop-commands::x",
  "see ##[add-mask]x and ##vso[task.setvariable]x",
  "agent --token hunter2",
];
/** Characters and commands that must not come out as they are. */
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^\s*::\w|##(?:\[|vso\[)|hunter2/im;

function output(color = false) {
  let text = "";
  return { output: new CommandOutput({ write: (part) => (text += part) }, color), written: () => text };
}

it.each(nasty)("lets %j out in no form that is obeyed", (text) => {
  const plain = output();
  plain.output.write(`${text}\n`);
  expect(plain.written()).not.toMatch(obeyed);

  const json = output();
  json.output.json({ [text]: [text] });
  expect(json.written()).not.toMatch(obeyed);

  const yaml = output();
  yaml.output.yaml({ [text]: [text, { a: `b ${text}` }] });
  expect(yaml.written()).not.toMatch(obeyed);

  const live = output();
  live.output.overwrite(text);
  expect(live.written().slice(1)).not.toMatch(obeyed);

  const github = output();
  github.output.workflowCommands([{ command: "error", properties: { file: text, line: 1 }, message: `m ${text}` }]);
  expect(github.written().split("\n")).toHaveLength(2);
  expect(github.written()).toMatch(/^::error file=/);
  expect(github.written().slice("::error".length)).not.toMatch(obeyed);
});

it("loses nothing but secrets in JSON and YAML", () => {
  const kept = nasty.slice(0, -1);
  const json = output();
  json.output.json(kept);
  expect(JSON.parse(json.written())).toEqual(kept);
  const yaml = output();
  yaml.output.yaml(kept);
  expect(toJson(loadYamlData(yaml.written()).data as never)).toEqual(kept);
});

it("keeps line breaks of Windows and tabs", () => {
  const { output: out, written } = output();
  out.write("a\r\n\tb\n");
  expect(written()).toBe("a\r\n\tb\n");
});

it("colours with its own codes only", () => {
  const { output: out, written } = output(true);
  out.styled([{ text: "\u001b[1mx", style: "red" }, " \u001b[0m"]);
  expect(written()).toBe("\u001b[31m\\u001b[1mx\u001b[0m \\u001b[0m");
});
