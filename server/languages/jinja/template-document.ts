import type { CancellationToken } from "vscode-languageserver-protocol";
import type { LanguageDocument } from "../language-service.js";
import type { TemplateText } from "./template-text.js";

/** A document that Jinja reads: a definition, or a file that definitions import. */
export interface TemplateDocument extends LanguageDocument {
  readonly template: TemplateText;
}

/** The templates of a project, each as the editor has it where it is open. */
export interface TemplateFiles {
  /** What an import of a document names; undefined where there is no such file. */
  imported(document: TemplateDocument, path: string): TemplateDocument | undefined;
  /** Whether a change may reach into a document: it is open, or lies in the workspace. */
  isEditable(document: TemplateDocument): boolean;
  /** The paths that imports of a document can name: those that others of its project name, and that are there. */
  paths(document: TemplateDocument): readonly string[];
  /** The documents that import a document. */
  importers(document: TemplateDocument, token: CancellationToken): Promise<readonly TemplateDocument[]>;
}
