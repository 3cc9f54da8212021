import { parseDocument } from "yaml";
import { finishAll, type LintFile, type LintFilesOptions, lintFile } from "../../engine/lint/lint.js";
import { renderDefinition } from "../../engine/render/render-definition.js";

export interface LintFigures {
  readonly files: number;
  readonly profiles: number;
  /** Rendering, loading and all rules, for every file under every profile; the best of several times, in milliseconds. */
  readonly lintMs: number;
  /** `parseDocument` of the `yaml` package over the same rendered texts. */
  readonly bareYamlMs: number;
  /** How many times the bare parse linting takes; the goal is below 3. */
  readonly ratio: number;
}

/** Times linting against the bare parse of what the files render to, in this process. */
export function measureLint(files: readonly LintFile[], options: LintFilesOptions, rounds = 3): LintFigures {
  const texts = files.flatMap((file) =>
    options.profiles.map((profile) => {
      const { fileServer } = file;
      const render = { path: file.path, profile, dataOnly: true, ...(fileServer && { fileServer }) };
      return renderDefinition(file.source, render).rendered;
    }),
  );
  const lintMs = best(rounds, () => {
    const documents = files.map((file) => lintFile(file, options));
    finishAll(documents, options);
  });
  const bareYamlMs = best(rounds, () => {
    for (const text of texts) parseDocument(text, { version: "1.1" });
  });
  return { files: files.length, profiles: options.profiles.length, lintMs, bareYamlMs, ratio: lintMs / bareYamlMs };
}

function best(rounds: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
