/** Says what is wrong with a value, or nothing. @param at where it stands in the parameters, for the message */
export type MessageShape = (value: unknown, at: string) => string | undefined;

function shape(what: string, is: (value: unknown) => boolean): MessageShape {
  return (value, at) => (is(value) ? undefined : `${at} must be ${what}`);
}

/** LSP's integers have 31 bits and a sign. */
const largest = 2 ** 31 - 1;

export const text = shape("a string", (value) => typeof value === "string");
export const flag = shape("a boolean", (value) => typeof value === "boolean");
export const integer = shape(
  "an integer",
  (value) => Number.isInteger(value) && Math.abs(value as number) <= largest + 1,
);
/** A count, a line, a character: from 0. */
export const uinteger = shape(
  "an integer from 0",
  (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= largest,
);
export const nothing = shape("null", (value) => value === null || value === undefined);
export const anything: MessageShape = () => undefined;
const object = shape("an object", (value) => typeof value === "object" && value !== null && !Array.isArray(value));
const list = shape("an array", Array.isArray);

export function optional(inner: MessageShape): MessageShape {
  return (value, at) => (value === undefined ? undefined : inner(value, at));
}

/** Optional, and null means the same as nothing. */
export function nullable(inner: MessageShape): MessageShape {
  return (value, at) => (value === undefined || value === null ? undefined : inner(value, at));
}

export function either(...inner: readonly MessageShape[]): MessageShape {
  return (value, at) => {
    const wrong = inner.map((each) => each(value, at));
    return wrong.includes(undefined) ? undefined : wrong[0];
  };
}

export function listOf(inner: MessageShape): MessageShape {
  return (value, at) => list(value, at) ?? first(value as unknown[], (item, index) => inner(item, `${at}[${index}]`));
}

/** Fields that are not named may hold anything: newer versions of the protocol add some. */
export function record(fields: { readonly [name: string]: MessageShape }): MessageShape {
  const entries = Object.entries(fields);
  return (value, at) =>
    object(value, at) ??
    first(entries, ([name, inner]) => inner((value as { [name: string]: unknown })[name], `${at}.${name}`));
}

function first<T>(items: readonly T[], check: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const wrong = check(item, index);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
