import { Bytes, Dict, PyFloat, PyObject, PySet, Tuple, type Value } from "./types.js";

/** Python's `str(value)`: what `{{ value }}` prints and what Salt's messages show. */
export function str(value: Value): string {
  if (typeof value === "string") return value;
  return value instanceof PyObject ? value.str() : repr(value);
}

/** Python's `repr(value)`. */
export function repr(value: Value): string {
  switch (typeof value) {
    case "string":
      return reprText(value);
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "True" : "False";
  }
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (value instanceof PyFloat) return reprFloat(value.value);
  if (value instanceof Tuple) {
    const items = value.items.map(repr);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
  }
  if (value instanceof Dict) return `{${[...value].map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(", ")}}`;
  if (value instanceof PySet) return value.size ? `{${[...value].map(repr).join(", ")}}` : "set()";
  if (value instanceof Bytes) return reprBytes(value.data);
  if (value instanceof PyObject) return value.repr();
  throw new TypeError("not a Python value");
}

/** Python's shortest float text: exponent below 1e-4 and from 1e16, always with a point or an exponent. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // Everything Python does not call printable is escaped: controls, separators but the blank, unassigned, surrogates.
  const body = text.replace(/[\\\n\r\t]|[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (c) => escapes[c] ?? escapeCodePoint(c));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

function reprBytes(data: Uint8Array): string {
  let body = "";
  for (const byte of data) {
    const character = String.fromCharCode(byte);
    if (escapes[character]) body += escapes[character];
    else if (byte < 0x20 || byte > 0x7e) body += `\\x${byte.toString(16).padStart(2, "0")}`;
    else body += character;
  }
  if (body.includes("'") && !body.includes('"')) return `b"${body}"`;
  return `b'${body.replaceAll("'", "\\'")}'`;
}
