import { expect } from "vitest";
import type { RenderedTemplate } from "../../engine/template/index.js";

/** What holds of every source map: its spans tile the text, and its literals are the source's own characters. */
export function checkMap(source: string, { text, sourceMap }: RenderedTemplate): void {
  if (!sourceMap) throw new Error("rendered without a map");
  const wrong: unknown[] = [];
  let end = 0;
  for (const span of sourceMap.spans) {
    const { output, source: place, origin, frames, file, kind } = span;
    if (output.start !== end || output.end <= output.start) wrong.push(["does not tile", span]);
    end = output.end;
    if (file !== undefined) continue;
    const spans = [
      place,
      ...(origin ? [origin] : []),
      ...frames.flatMap((frame) => (frame.file ? [] : [frame.source])),
    ];
    if (spans.some((inside) => inside.start < 0 || inside.start > inside.end || inside.end > source.length)) {
      wrong.push(["lies outside of the source", span]);
    }
    const made = text.slice(output.start, output.end);
    const written = source.slice(place.start, place.end);
    // A lone carriage return is a line break to Jinja, and no text has it any more.
    if (kind === "literal" && made !== (written === "\r" ? "\n" : written))
      wrong.push(["is not what is written", span]);
  }
  if (end !== text.length) wrong.push(["ends before the text", end, text.length]);
  expect(wrong).toEqual([]);
}
