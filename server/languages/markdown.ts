const shownLength = 300;

/** Inline code of one line that no value can break out of. */
export function inlineCode(value: string): string {
  const cut = value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
  const text = cut.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
