import { describe, expect, it } from "vitest";
import { decodeRegFile, parseRegFile } from "../../engine/target/reg-file.js";

const text = `Windows Registry Editor Version 5.00\r
\r
[HKEY_LOCAL_MACHINE\\Software\\A [1]]\r
@="default"\r
"Display\\"Name"="C:\\\\Program Files\\\\x"\r
"Two lines"="one\r
two"\r
"Number"=dword:0000002a\r
"Expand"=hex(2):25,00,54,00,\\\r
  45,00,25,00,00,00\r
"Many"=hex(7):61,00,00,00,62,00,63,00,00,00,00,00\r
"Big"=hex(b):01,00,00,00,01,00,00,00\r
"Bytes"=hex:de,ad\r
"Nothing"=hex(0):\r
"Broken"=what\r
"After"="still read"\r
\r
[HKEY_LOCAL_MACHINE\\Software\\A [1]\\Sub]\r
\r
[-HKEY_LOCAL_MACHINE\\Software\\Gone]\r
"x"="not read"\r
`;

describe("parseRegFile", () => {
  it("reads every type", () => {
    const key = parseRegFile(text).find("hkey_local_machine\\software\\a [1]")!;
    expect(Object.fromEntries(key.values)).toEqual({
      "": { type: "REG_SZ", data: "default" },
      'Display"Name': { type: "REG_SZ", data: "C:\\Program Files\\x" },
      "Two lines": { type: "REG_SZ", data: "one\r\ntwo" },
      Number: { type: "REG_DWORD", data: 42 },
      Expand: { type: "REG_EXPAND_SZ", data: "%TE%" },
      Many: { type: "REG_MULTI_SZ", data: ["a", "bc"] },
      Big: { type: "REG_QWORD", data: 2 ** 32 + 1 },
      Bytes: { type: "REG_BINARY", data: "dead" },
      Nothing: { type: "REG_NONE", data: "" },
      After: { type: "REG_SZ", data: "still read" },
    });
    expect(key.subkeys.map(({ name }) => name)).toEqual(["Sub"]);
    expect(parseRegFile(text).find("HKEY_LOCAL_MACHINE\\Software\\Gone")).toBeUndefined();
  });

  it("knows UTF-16 from 8-bit files", () => {
    const bytes = Buffer.from("\ufeff[HKEY_USERS\\é]", "utf16le");
    expect(parseRegFile(decodeRegFile(bytes)).find("HKEY_USERS\\é")).toBeDefined();
    expect(decodeRegFile(Buffer.from("REGEDIT4\n", "latin1"))).toBe("REGEDIT4\n");
  });

  it("reads the line breaks that Wine's reg.exe escapes", () => {
    const text = '[HKEY_USERS\\x]\n"a"="cr\\r\\nhere \\\\r \\"q\\""\n';
    expect(parseRegFile(text).find("HKEY_USERS\\x")?.value("a")?.data).toBe('cr\r\nhere \\r "q"');
  });

  it("survives what is no such file", () => {
    expect(parseRegFile("").isEmpty).toBe(true);
    expect(parseRegFile('"a"="b"\n[unclosed\n"x').isEmpty).toBe(true);
  });
});
