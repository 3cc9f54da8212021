import { hashes } from "#hashes";
import type { HashName } from "../../hashes/hashes.js";
import { base64Bytes, base64Text, compareBytes, hexText, latin1Text } from "../../value/bytes.js";
import { str } from "../../value/repr.js";
import { Bytes, PyError, type Value } from "../../value/types.js";
import { decode } from "../methods/codec.js";
import type { EvalContext } from "../runtime.js";
import { type FilterEntry, type FilterTable, filterTable, python } from "./define.js";
import { textBytes } from "./salt-text.js";

// Salt's hashes and encodings (salt-reference §3.3).

const complaint = "expected str, bytes, or bytearray not ";

function hashing(name: HashName, definition: string): FilterEntry {
  return [
    name,
    "counted",
    python(definition, (context, value) => {
      const { data } = textBytes(value, complaint);
      context.budget.step(data.length >> 3);
      return hexText(hashes.hash(name, data));
    }),
  ];
}

function base64Encode(context: EvalContext, value: Value): string {
  const { data } = textBytes(value, complaint);
  context.budget.allocate(2 * data.length);
  return base64Text(data);
}

/** Python leaves out what is no base64, and complains about what is missing at the end. */
function base64Decode(value: Value): Value {
  const text = latin1Text(textBytes(value, complaint).data).replace(/[^A-Za-z0-9+/=]/g, "");
  const characters = text.replace(/=.*$/s, "").length;
  if (characters % 4 === 1) {
    const count = `number of data characters (${characters}) cannot be 1 more than a multiple of 4`;
    throw new PyError("Error", `Invalid base64-encoded string: ${count}`);
  }
  if (characters % 4 !== 0 && text.length - characters < 4 - (characters % 4)) {
    throw new PyError("Error", "Incorrect padding");
  }
  const bytes = new Bytes(base64Bytes(text));
  try {
    return decode(bytes, "utf-8", "strict");
  } catch {
    return bytes;
  }
}

function signature(value: Value, secret: Value): Uint8Array {
  return hashes.hmacSha256(textBytes(secret, complaint).data, textBytes(value, complaint).data);
}

function verify(value: Value, secret: Value, challenge: Value): boolean {
  return compareBytes(base64Bytes(str(challenge)), signature(value, secret)) === 0;
}

export const saltHashFilters: FilterTable = filterTable([
  hashing("md5", "md5_digest(instr)"),
  hashing("sha1", "sha1_digest(instr)"),
  hashing("sha256", "sha256_digest(instr)"),
  hashing("sha512", "sha512_digest(instr)"),
  ["base64_encode", "each", python("base64_b64encode(instr)", base64Encode)],
  ["base64_decode", "each", python("base64_b64decode(instr)", (_, value) => base64Decode(value))],
  [
    "hmac",
    "each",
    python("hmac_signature(string, shared_secret, challenge_hmac)", (_, value, secret, challenge) =>
      verify(value, secret, challenge),
    ),
  ],
  [
    "hmac_compute",
    "each",
    python("hmac_compute(string, shared_secret)", (_, value, secret) => hexText(signature(value, secret))),
  ],
]);
