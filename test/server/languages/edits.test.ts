import { describe, expect, it } from "vitest";
import { LineTable } from "../../../engine/lines.js";
import { documentsEdit, lineBreakOf, textEdits, workspaceEdit } from "../../../server/languages/edits.js";
import { fullClient, plainClient } from "../clients.js";

const documentOf = (text: string, version: number | undefined = 3) => ({
  uri: "file:///a.sls",
  version,
  lines: new LineTable(text),
});
const insertAt = (at: number, newText: string) => ({ range: { start: at, end: at }, newText });

describe("edits", () => {
  it("have the line breaks of the file, whatever those of the new text are", () => {
    const edits = [insertAt(3, "x\ny\r\nz\r")];
    expect(textEdits(documentOf("a:\r\n  b: 1\r\n"), edits)[0]?.newText).toBe("x\r\ny\r\nz\r\n");
    expect(textEdits(documentOf("a:\n  b: 1\n"), edits)[0]?.newText).toBe("x\ny\nz\n");
  });

  it("put nothing before a byte order mark", () => {
    const start = { line: 0, character: 1 };
    expect(textEdits(documentOf("\ufeffa: 1\n"), [insertAt(0, "# x\n")])).toEqual([
      { range: { start, end: start }, newText: "# x\n" },
    ]);
  });

  it("are bound to the version where the editor can do that, and come as plain changes where not", () => {
    const edits = [insertAt(0, "x")];
    const start = { line: 0, character: 0 };
    const written = [{ range: { start, end: start }, newText: "x" }];
    expect(workspaceEdit(documentOf("a"), edits, fullClient)).toEqual({
      documentChanges: [{ textDocument: { uri: "file:///a.sls", version: 3 }, edits: written }],
    });
    expect(workspaceEdit(documentOf("a"), edits, plainClient)).toEqual({ changes: { "file:///a.sls": written } });
  });

  it("name no version of a file that is not open", () => {
    const onDisk = { ...documentOf("a"), version: undefined };
    expect(documentsEdit([{ document: onDisk, edits: [] }], fullClient).documentChanges).toEqual([
      { textDocument: { uri: "file:///a.sls", version: null }, edits: [] },
    ]);
  });
});

it.each([
  ["a\r\nb\r\nc\n", "\r\n"],
  ["a\nb\nc\r\n", "\n"],
  ["a", "\n"],
  ["", "\n"],
])("the line break of %j is that of most lines", (text, lineBreak) => {
  expect(lineBreakOf({ text })).toBe(lineBreak);
});
