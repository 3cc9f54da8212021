import { isSecretName, plainValue, secretPatterns, secretShapes } from "./secret-patterns.js";

/** Instead of a secret. */
export const mask = "***";

/** Fewer characters say too little to be looked for everywhere. */
const shortest = 6;
/** More are more than a person has; a folder that names thousands shall not slow the rest down. */
const most = 500;

/**
 * The values that this process read under the names of secrets (pillar, project file, Salt's configuration, environment).
 * They are the process's and nobody's in particular: whoever writes a text cannot know who read what went into it.
 */
const known = new Set<string>();
let knownPattern: RegExp | undefined;

/** From now on these are masked wherever they stand in a text. */
export function rememberSecret(value: string): void {
  if (value.length < shortest || known.size >= most || plainValue.test(value)) return;
  for (const text of [value, inAddress(value), JSON.stringify(value).slice(1, -1)]) {
    if (text.length <= 4_096 && !known.has(text)) {
      known.add(text);
      knownPattern = undefined;
    }
  }
}

/** A new run in the same process knows nothing yet. */
export function forgetSecrets(): void {
  known.clear();
  knownPattern = undefined;
}

/** Remembers what stands under the names of secrets in settings or pillar, at any depth. */
export function rememberSecretsIn(settings: unknown): void {
  eachSecret(settings, (value) => rememberSecret(value));
}

/**
 * A text for people and other programs: passwords and tokens in addresses, flags, headers and assignments, and the values
 * that {@link rememberSecret} was told, are `***`. Everything else stays as it is. Masking twice is masking once.
 */
export function withoutSecrets(text: string): string {
  let shown = text;
  for (const { find, isSecret } of secretPatterns) {
    shown = shown.replace(find, (...match: string[]) => {
      const [whole = "", kept = ""] = match;
      const secret = whole.slice(kept.length);
      const isPlain = plainValue.test(secret) || isSecret?.(match[2] ?? "") === false;
      return isPlain ? whole : `${kept}${mask}`;
    });
  }
  shown = shown.replace(secretShapes, maskOf);
  if (known.size > 0) shown = shown.replace(knownSecrets(), maskOf);
  return shown;
}

/** A key of several lines leaves as many: places in the text stay where they are. */
function maskOf(secret: string): string {
  return `${mask}${secret.replaceAll(/[^\n]+/g, "")}`;
}

/** The same in all texts of a value, member names included; what stands under the name of a secret is `***` whole. */
export function withoutSecretsIn<T>(value: T): T {
  return masked(value, withoutSecrets) as T;
}

/** Every text of a value through `text`; what stands under the name of a secret as `***`. */
export function masked(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, text));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [masked(key, text), masked(item, text)]));
  if (typeof value !== "object" || value === null || !isPlainObject(value)) return value;
  const shown = new Map<string, unknown>();
  const counts = new Map<string, number>();
  for (const [key, item] of Object.entries(value)) {
    const name = text(key);
    // Two remotes may differ in nothing but their passwords.
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    shown.set(
      count === 1 ? name : `${name} (${count})`,
      isSecretName(key) ? allMasked(item, text) : masked(item, text),
    );
  }
  return Object.fromEntries(shown);
}

/** A mapping below is looked at member by member: it says where the secret comes from, or how long it is. */
function allMasked(value: unknown, text: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => allMasked(item, text));
  const isSecret = typeof value === "number" || (typeof value === "string" && !plainValue.test(value));
  return isSecret ? mask : masked(value, text);
}

function eachSecret(value: unknown, found: (secret: string) => void, isSecret = false): void {
  if (typeof value === "string" || typeof value === "number") {
    if (isSecret) found(String(value));
  } else if (Array.isArray(value)) {
    for (const item of value) eachSecret(item, found, isSecret);
  } else if (value instanceof Map) {
    for (const [key, item] of value) eachSecret(item, found, isSecret || isSecretName(String(key)));
  } else if (value && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) eachSecret(item, found, isSecret || isSecretName(key));
  }
}

function knownSecrets(): RegExp {
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  // Within a longer word it is that word: a password `windows` leaves `windowsupdate` alone.
  knownPattern ??= new RegExp(`(?<![A-Za-z0-9])(?:${longestFirst.map(escaped).join("|")})(?![A-Za-z0-9])`, "g");
  return knownPattern;
}

function inAddress(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half a surrogate pair has no place in an address.
    return value;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
