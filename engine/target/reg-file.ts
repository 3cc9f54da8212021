import { valueFromBytes } from "./registry-bytes.js";
import { RegistryNode } from "./registry-tree.js";
import type { RegistryValue } from "./target.js";

/** Text of a `.reg` file as `reg export` writes it: UTF-16 with a mark, or the older 8-bit form. */
export function decodeRegFile(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString("utf16le", 2);
  return buffer.toString("latin1");
}

/**
 * Reads what `reg export` wrote (both `Windows Registry Editor Version 5.00` and `REGEDIT4`). The result's first level
 * are the hives by their long names (`HKEY_LOCAL_MACHINE`). Lines that make no sense are passed over.
 */
export function parseRegFile(text: string): RegistryNode {
  const root = new RegistryNode("");
  let key: RegistryNode | undefined;
  const scanner = new Scanner(text);
  while (!scanner.atEnd) {
    const header = scanner.match(/\[(-?)(.*)\][ \t]*(?=\r?\n|$)/y);
    if (header) {
      key = header[1] ? undefined : root.ensure(header[2]!);
    } else if (key) {
      const name = scanner.match(/@(?=\s*=)/y) ? "" : scanner.quoted();
      const value = name !== undefined && scanner.match(/[ \t]*=[ \t]*/y) ? readValue(scanner) : undefined;
      if (name !== undefined && value) key.setValue(name, value);
    }
    scanner.match(/[^\n]*(\n|$)/y);
  }
  return root;
}

/** Windows escapes quotes and backslashes alone; Wine's reg.exe writes line breaks so, too. */
const unescaped: { readonly [character: string]: string } = { n: "\n", r: "\r", 0: "\0" };

class Scanner {
  #at = 0;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** `pattern` must be sticky. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found ?? undefined;
  }

  /** A text in quotes; it may run over line ends. */
  quoted(): string | undefined {
    const found = this.match(/"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y);
    return found
      ? found[1]!.replace(/\\([\s\S])/g, (_, character: string) => unescaped[character] ?? character)
      : undefined;
  }
}

function readValue(scanner: Scanner): RegistryValue | undefined {
  const text = scanner.quoted();
  if (text !== undefined) return { type: "REG_SZ", data: text };
  const dword = scanner.match(/dword:([0-9a-f]{1,8})/iy);
  if (dword) return { type: "REG_DWORD", data: Number.parseInt(dword[1]!, 16) };
  const hex = scanner.match(/hex(?:\(([0-9a-f]+)\))?:([0-9a-f, \t]*(?:\\[ \t]*\r?\n[0-9a-f, \t]*)*)/iy);
  if (!hex) return undefined;
  const bytes = Buffer.from(hex[2]!.replace(/[^0-9a-f]/gi, ""), "hex");
  return valueFromBytes(hex[1] === undefined ? 3 : Number.parseInt(hex[1], 16), bytes);
}
