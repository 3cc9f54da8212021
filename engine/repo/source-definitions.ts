import { attributePlace } from "../definition/attribute-place.js";
import type { DefinitionLocator, LocatedAttribute, SourceLocation } from "../definition/definition-locator.js";
import { definitionSizeLimit } from "../definition/limits.js";
import { DefinitionView } from "../definition/view.js";
import { readRegularFile } from "../files/read-regular-file.js";
import { LineTable } from "../lines.js";
import type { Span } from "../problem.js";
import type { RenderedDefinition } from "../render/rendered.js";

/** A definition file that may hold a package. */
export interface SourceFile {
  /** Absolute path. */
  readonly file: string;
}

/** Renders a file with ranges; undefined when that was not finished. */
export type RenderSource = (source: Buffer, file: SourceFile) => Promise<RenderedDefinition | undefined>;

interface OpenedFile {
  readonly view: DefinitionView;
  readonly lines: LineTable;
}

/** Finds attributes in the definitions' sources. Of the files only those are rendered that hold a package's name in their text. */
export class SourceDefinitions implements DefinitionLocator {
  readonly #opened = new Map<string, OpenedFile>();
  readonly #filesOf: (name: string) => readonly SourceFile[];
  readonly #render: RenderSource;

  /** @param filesOf the files that may hold a package, the likeliest first */
  constructor(filesOf: (name: string) => readonly SourceFile[], render: RenderSource) {
    this.#filesOf = filesOf;
    this.#render = render;
  }

  async open(names: readonly string[]): Promise<void> {
    for (const name of names) for (const file of this.#filesOf(name)) await this.#open(file, name);
  }

  locate(name: string, version: string | undefined, key: string | undefined): LocatedAttribute | undefined {
    for (const file of this.#filesOf(name)) {
      const opened = this.#opened.get(file.file);
      const place = opened && attributePlace(opened.view, name, version, key);
      if (!place) continue;
      const location = ({ start, end }: Span): SourceLocation => ({
        file: file.file,
        range: opened.lines.range({ start, end }),
      });
      const { span, literal, insertion } = place;
      return {
        location: location(span),
        ...(literal !== undefined && { literal }),
        ...(insertion && {
          insertion: {
            location: location({ start: insertion.offset, end: insertion.offset }),
            before: insertion.before,
          },
        }),
      };
    }
    return undefined;
  }

  async #open(file: SourceFile, name: string): Promise<void> {
    if (this.#opened.has(file.file)) return;
    const bytes = readIfThere(file.file);
    // A file without the name may get it from a template's computation; it is not worth rendering all for that.
    if (!bytes?.includes(name)) return;
    const rendered = await this.#render(bytes, file);
    if (!rendered) return;
    const source = bytes.toString("utf8");
    this.#opened.set(file.file, { view: new DefinitionView(source, rendered), lines: new LineTable(source) });
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readRegularFile(file, { maxBytes: definitionSizeLimit });
  } catch {
    return undefined;
  }
}
