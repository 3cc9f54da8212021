import { parseDocument } from "yaml";
import { loadYaml, loadYamlData } from "../../engine/yaml/index.js";

/** Milliseconds for loading all texts once: the first time in this process, and the best of several times. */
export interface LoadTime {
  readonly first: number;
  readonly best: number;
}

export interface YamlFigures {
  readonly texts: number;
  readonly characters: number;
  /** `parseDocument` of the `yaml` package, version 1.1: the measure that the others are held against. */
  readonly yamlPackage: LoadTime;
  /** The path of genrepo. */
  readonly data: LoadTime;
  /** The path of the editor and the linter: every node with its range. */
  readonly ranges: LoadTime;
}

/** Times the three ways of loading on the same texts, in this process. */
export function measureYaml(texts: readonly string[], rounds = 5): YamlFigures {
  return {
    texts: texts.length,
    characters: texts.reduce((sum, text) => sum + text.length, 0),
    data: time(texts, rounds, loadYamlData),
    ranges: time(texts, rounds, loadYaml),
    yamlPackage: time(texts, rounds, (text) => parseDocument(text, { version: "1.1" })),
  };
}

function time(texts: readonly string[], rounds: number, load: (text: string) => unknown): LoadTime {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const text of texts) load(text);
    times.push(performance.now() - start);
  }
  return { first: times[0] ?? 0, best: Math.min(...times) };
}
