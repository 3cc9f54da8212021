// Bytes and text without Node's Buffer: this runs in browsers, too.

/** Longer argument lists overflow the stack. */
const chunk = 8192;

/** One character for each byte. */
export function latin1Text(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += chunk) text += String.fromCharCode(...data.subarray(at, at + chunk));
  return text;
}

/** One byte for each UTF-16 unit: what does not fit loses its upper half. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

export function utf8Bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function hexText(data: Uint8Array): string {
  let text = "";
  for (const byte of data) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** @param hex an even number of digits, nothing else */
export function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}

export function base64Text(data: Uint8Array): string {
  return btoa(latin1Text(data));
}

/** What is no base64 is passed over, padding ends the data, a digit too many is left out. Takes the URL alphabet, too. */
export function base64Bytes(text: string): Uint8Array {
  const end = text.indexOf("=");
  const digits = (end < 0 ? text : text.slice(0, end))
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/[^A-Za-z0-9+/]/g, "");
  return latin1Bytes(atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits));
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Below, equal to or above zero, as bytes are ordered one by one. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function includesBytes(data: Uint8Array, part: Uint8Array): boolean {
  return latin1Text(data).includes(latin1Text(part));
}
