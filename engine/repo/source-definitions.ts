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

/** Renders a file with ranges. */
export type RenderSource = (source: Buffer, file: SourceFile) => RenderedDefinition;

interface OpenedFile {
  readonly view: DefinitionView;
  readonly lines: LineTable;
}

/**
 * Finds attributes in the definitions' sources. Files are read and rendered when they are first asked for, and only
 * those that hold the package's name in their text.
 */
export class SourceDefinitions implements DefinitionLocator {
  readonly #opened = new Map<string, OpenedFile>();
  readonly #files: readonly SourceFile[];
  readonly #render: RenderSource;

  constructor(files: readonly SourceFile[], render: RenderSource) {
    this.#files = files;
    this.#render = render;
  }

  locate(name: string, version: string | undefined, key: string | undefined): LocatedAttribute | undefined {
    for (const file of this.#files) {
      const opened = this.#open(file, name);
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

  #open(file: SourceFile, name: string): OpenedFile | undefined {
    const known = this.#opened.get(file.file);
    if (known) return known;
    const bytes = readIfThere(file.file);
    // A file without the name may get it from a template's computation; it is not worth rendering all for that.
    if (!bytes?.includes(name)) return undefined;
    const source = bytes.toString("utf8");
    const opened = { view: new DefinitionView(source, this.#render(bytes, file)), lines: new LineTable(source) };
    this.#opened.set(file.file, opened);
    return opened;
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readRegularFile(file, { maxBytes: definitionSizeLimit });
  } catch {
    return undefined;
  }
}
