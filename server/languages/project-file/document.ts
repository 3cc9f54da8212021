import { type LoadedProject, parseProject } from "../../../engine/config/project-loader.js";
import { LineTable } from "../../../engine/lines.js";
import type { LanguageDocument } from "../language-service.js";

/** One state of an open `.winrepo.yaml`. */
export class ProjectFileDocument implements LanguageDocument {
  readonly lines: LineTable;
  readonly project: LoadedProject;

  /** @param file absolute path, for the folder that relative paths start from */
  constructor(
    readonly uri: string,
    readonly version: number | undefined,
    file: string,
    text: string,
  ) {
    this.lines = new LineTable(text);
    this.project = parseProject(text, file);
  }
}
