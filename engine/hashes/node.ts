import { createHash, createHmac } from "node:crypto";
import type { Hashes } from "./hashes.js";

export const hashes: Hashes = {
  hash: (name, data) => createHash(name).update(data).digest(),
  hmacSha256: (key, data) => createHmac("sha256", key).update(data).digest(),
};
