import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import type { Hashes } from "./hashes.js";

const algorithms = { md5, sha1, sha256, sha512 };

export const hashes: Hashes = {
  hash: (name, data) => algorithms[name](data),
  hmacSha256: (key, data) => hmac(sha256, key, data),
};
