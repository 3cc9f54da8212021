export type HashName = "md5" | "sha1" | "sha256" | "sha512";

/**
 * The hashes of Salt's filters, at once: a browser's own answer later and have no MD5. `#hashes` is node.ts, or browser.ts
 * where there is no Node (`imports` of package.json).
 */
export interface Hashes {
  hash(name: HashName, data: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
}
