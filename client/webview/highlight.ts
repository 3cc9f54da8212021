const token =
  /(?<key>(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s'"#:[\]{},][^:#]*?)(?=:(?:\s|$)))|(?<comment>(?:^|(?<=\s))#.*$)|(?<string>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?<constant>(?<=:\s+)(?:[Tt]rue|[Ff]alse|[Nn]ull|~|-?\d+(?:\.\d+)?)(?=\s*$))/g;

/** One line of YAML as text nodes and coloured spans. A line's colours do not depend on its neighbours. */
export function highlightLine(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (!kind) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = match[0];
    parts.push(span);
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  // An empty line keeps its height.
  return parts.length > 0 ? parts : ["\u200b"];
}
