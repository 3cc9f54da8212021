import { processDefinition } from "../../engine/render/process-definition.js";
import type { RenderedDefinition } from "../../engine/render/rendered.js";
import { outcomeOf } from "../../engine/repo/outcome.js";
import type { ReadDefinition, RepositoryRenderer } from "../../engine/repo/repository-renderer.js";
import { fromJson } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";

/** Reads definitions as JSON, with `imports` for a line `import: path`; counts how often it is called. */
export function fakeRenderer(): RepositoryRenderer & { readonly rendered: string[] } {
  const rendered: string[] = [];
  const render = ({ source, file }: ReadDefinition): RenderedDefinition => {
    rendered.push(file.path);
    const text = new TextDecoder().decode(source);
    const [, imported, json = text] = /^import: (.*)\n(.*)$/s.exec(text) ?? [];
    const base = {
      path: file.path,
      profile: "fake",
      rendered: text,
      root: undefined,
      sourceMap: undefined,
      problems: [],
      imports: imported === undefined ? [] : [imported],
      asked: [],
    };
    try {
      const data = fromJson(JSON.parse(json) as Json);
      return { ...base, data, ...processDefinition(data) };
    } catch (error) {
      const messages = [`Failed to compile, ${(error as Error).name} `];
      return { ...base, ...processDefinition(null), status: "error", messages, data: undefined };
    }
  };
  return {
    rendered,
    width: 2,
    async outcomes(files) {
      // Later batches come back sooner.
      const batch = Number(/\d+/.exec(files[0]?.file.path ?? "")?.[0] ?? 0);
      await new Promise((resolve) => setTimeout(resolve, batch % 2 === 0 ? 10 : 1));
      return files.map((file) => outcomeOf(render(file)));
    },
    rendering: async (file) => render(file),
  };
}
