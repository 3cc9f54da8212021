import { outputsOf } from "../../../engine/definition/places.js";
import type { Span } from "../../../engine/problem.js";
import type { Preview, Range } from "../../protocol.js";
import type { Rendering } from "./document.js";

/** What Salt makes of the document under one profile, for a person to read. */
export function preview(rendering: Rendering, profiles: readonly string[]): Preview {
  const { document, rendered } = rendering;
  return {
    uri: document.uri,
    ...(document.version !== undefined && { version: document.version }),
    profile: rendering.profile.name,
    profiles,
    status: rendered.status,
    messages: rendered.messages,
    text: rendered.rendered,
    problems: rendered.problems.map(({ code, severity, message, range }) => ({
      code,
      severity,
      message,
      range: document.lines.range(range),
    })),
    packages: rendering.view.packages.length,
    versions: rendering.view.packages.reduce((sum, { versions }) => sum + versions.length, 0),
  };
}

/** The source of one rendered line: of what stands on it, not of its indentation. */
export function lineToSource(rendering: Rendering, line: number): Range | undefined {
  const { lines } = rendering;
  if (line < 0 || line >= lines.lineCount) return undefined;
  const text = lines.lineText(line);
  const content = text.trim();
  const start = lines.startOf(line) + text.indexOf(content);
  return rendering.document.lines.range(rendering.view.locator.written({ start, end: start + content.length }));
}

/** The rendered lines that a source range made, in order. */
export function sourceToLines(rendering: Rendering, range: Span): number[] {
  const found = new Set<number>();
  for (const { start, end } of outputsOf(rendering.view, range)) {
    const last = rendering.lines.lineAt(end);
    for (let line = rendering.lines.lineAt(start); line <= last; line++) found.add(line);
  }
  return [...found].sort((a, b) => a - b);
}
