import { LineTable } from "../../../../engine/lines.js";
import { templatePath } from "../../../../engine/template/template-path.js";
import { importsOf } from "../../../../server/languages/jinja/imports.js";
import type { TemplateDocument, TemplateFiles } from "../../../../server/languages/jinja/template-document.js";
import { TemplateText } from "../../../../server/languages/jinja/template-text.js";

/** Templates below one root, by path. */
export class MemoryTemplates implements TemplateFiles {
  readonly #documents: ReadonlyMap<string, TemplateDocument>;

  constructor(texts: { readonly [path: string]: string }) {
    this.#documents = new Map(
      Object.entries(texts).map(([path, text]) => [
        path,
        { uri: `file:///srv/${path}`, version: 1, lines: new LineTable(text), template: new TemplateText(text) },
      ]),
    );
  }

  get(path: string): TemplateDocument {
    const document = this.#documents.get(path);
    if (!document) throw new Error(`there is no ${path}`);
    return document;
  }

  imported(_: TemplateDocument, path: string): TemplateDocument | undefined {
    return this.#documents.get(templatePath(path, undefined) ?? "");
  }

  /** What lies in `outside/` is not in the workspace. */
  isEditable({ uri }: TemplateDocument): boolean {
    return !uri.includes("/outside/");
  }

  paths(): readonly string[] {
    return [...this.#documents.keys()];
  }

  async importers({ uri }: TemplateDocument): Promise<readonly TemplateDocument[]> {
    return [...this.#documents.values()].filter((document) =>
      importsOf(document.template.tree).some(({ path }) => this.imported(document, path)?.uri === uri),
    );
  }
}
