import { describe, expect, it } from "vitest";
import { metaModel } from "./meta-model.js";

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const publish = (diagnostic: object) =>
  metaModel?.notification("textDocument/publishDiagnostics", { uri: "file:///a.sls", diagnostics: [diagnostic] });

describe.skipIf(!metaModel)("the strict client", () => {
  it("takes what the protocol has", () => {
    expect(publish({ range, message: "m", severity: 1, code: "x", source: "winrepo" })).toEqual([]);
    expect(metaModel?.result("textDocument/hover", null)).toEqual([]);
    expect(metaModel?.result("textDocument/completion", [{ label: "a", kind: 10 }])).toEqual([]);
  });

  it.each([
    [{ range, message: "m", severity: 5 }, "severity is no DiagnosticSeverity"],
    [{ range: { ...range, end: { line: -1, character: 0 } }, message: "m" }, "end.line is no uinteger"],
    [{ message: "m" }, "range is missing"],
    [{ range, message: "m", colour: "red" }, "colour is unknown"],
    [{ range, message: undefined }, "message"],
  ])("does not take the diagnostic %j", (diagnostic, complaint) => {
    expect(publish(diagnostic)?.join()).toContain(complaint);
  });

  it("knows which messages a server sends, and what their answers are", () => {
    expect(metaModel?.notification("textDocument/didOpen", {})).toEqual(["no server sends textDocument/didOpen"]);
    expect(metaModel?.request("window/noSuch", {})).toEqual(["no server asks window/noSuch"]);
    expect(metaModel?.result("textDocument/hover", { contents: 5 })).not.toEqual([]);
    expect(metaModel?.notification("$/progress", { token: 1, value: { kind: "begin" } })?.join()).toContain("title");
    const registrations = [{ id: "1", method: "workspace/didChangeWatchedFiles", registerOptions: {} }];
    expect(metaModel?.request("client/registerCapability", { registrations })?.join()).toContain("watchers");
  });
});
