import { parseDocument } from "yaml";
import { renderTemplate, type TemplateHost } from "../../engine/template/index.js";
import type { Dict } from "../../engine/value/types.js";

/** A template to render, and what it is rendered with. The context is made anew for each time: a template may change it. */
export interface JinjaWork {
  readonly source: string;
  readonly context: () => Dict;
  readonly host: TemplateHost;
}

/** Milliseconds for all templates once: the first time in this process, and the best of several times. */
export interface RenderTime {
  readonly first: number;
  readonly best: number;
}

export interface JinjaFigures {
  readonly templates: number;
  /** Characters of output. */
  readonly characters: number;
  /** The path of genrepo: text alone. */
  readonly text: RenderTime;
  /** The path of the editor and the linter: with a source map. */
  readonly mapped: RenderTime;
  /** `parseDocument` of the `yaml` package, version 1.1, of the rendered texts: the measure that the others are held against. */
  readonly yamlPackage: RenderTime;
}

/** Times rendering with and without a map, and the bare YAML parse of the same texts, in this process. */
export function measureJinja(works: readonly JinjaWork[], rounds = 5): JinjaFigures {
  const render = (map: boolean) => (work: JinjaWork) =>
    renderTemplate(work.source, { context: work.context(), host: work.host, map }).text;
  const texts = works.map(render(false));
  return {
    templates: works.length,
    characters: texts.reduce((sum, text) => sum + text.length, 0),
    text: time(works, rounds, render(false)),
    mapped: time(works, rounds, render(true)),
    yamlPackage: time(texts, rounds, (text) => parseDocument(text, { version: "1.1" })),
  };
}

function time<T>(items: readonly T[], rounds: number, run: (item: T) => unknown): RenderTime {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (const item of items) run(item);
    times.push(performance.now() - start);
  }
  return { first: times[0] ?? 0, best: Math.min(...times) };
}
