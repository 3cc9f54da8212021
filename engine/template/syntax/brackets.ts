const closers: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/** Keeps the stack of open brackets; answers Jinja's message when one does not fit. */
export function balance(operator: string, brackets: string[]): string | undefined {
  const closer = closers[operator];
  if (closer !== undefined) {
    brackets.push(closer);
  } else if (operator === "}" || operator === ")" || operator === "]") {
    const expected = brackets.pop();
    if (expected === undefined) return `unexpected '${operator}'`;
    if (expected !== operator) return `unexpected '${operator}', expected '${expected}'`;
  }
  return undefined;
}

/** Without the brackets, blanks and dashes at the end. */
export function withoutClosing(text: string): string {
  let end = text.length;
  while (end > 0 && /[\])}\s-]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
