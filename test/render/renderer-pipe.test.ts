import { describe, expect, it } from "vitest";
import { rendererPipe } from "../../engine/render/renderer-pipe.js";

const names = (text: string) => rendererPipe(text).stages.map(({ renderer }) => renderer);

describe("rendererPipe", () => {
  it.each([
    ["a: 1\n", ["jinja", "yaml"]],
    ["#!yaml\na: 1\n", ["yaml"]],
    ["#! jinja | yaml \n", ["jinja", "yaml"]],
    ["#!yaml_jinja\n", ["jinja", "yaml"]],
    ["#! yaml_jinja\n", []],
    ["#!json_mako\n", ["mako", "json"]],
    ["#!/usr/bin/env python\n", ["jinja", "yaml"]],
    [" #!yaml\n", ["jinja", "yaml"]],
    ["\n#!yaml\n", ["jinja", "yaml"]],
    ["\ufeff#!yaml\n", ["jinja", "yaml"]],
    ["#!nope\n", []],
    ["#!\n", []],
    ["#!jinja|nope\n", []],
  ])("reads %j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("keeps a stage's arguments", () => {
    expect(rendererPipe("#!jinja -s | yaml\n").stages[0]).toEqual({ renderer: "jinja", argument: "-s" });
  });

  it("names the renderer that Salt does not have", () => {
    expect(rendererPipe("#!jinja|yml\n")).toEqual({ stages: [], unknown: "yml", written: "jinja|yml" });
  });
});
