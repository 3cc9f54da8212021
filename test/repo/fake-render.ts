import { processDefinition } from "../../engine/render/process-definition.js";
import type { RenderedDefinition } from "../../engine/render/rendered.js";
import type { RenderFile } from "../../engine/repo/render-file.js";
import { fromJson } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";

/** Reads definitions as JSON, with `imports` for a line `import: path`; counts how often it is called. */
export function fakeRenderer(): { readonly render: RenderFile; readonly rendered: string[] } {
  const rendered: string[] = [];
  const render: RenderFile = (source, file): RenderedDefinition => {
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
  return { render, rendered };
}
