import type { Profile } from "../config/profile.js";
import type { ProjectConfig } from "../config/project.js";
import { decodeUtf8 } from "../render/decode.js";
import type { FileServer } from "../render/file-server.js";
import { renderDefinition } from "../render/render-definition.js";
import { renderShared } from "../render/shared-renderings.js";
import { type LintedDocument, type LintOptions, lintDocument } from "./document.js";
import type { Finding } from "./finding.js";
import { LintSettings } from "./settings.js";
import { finishDocument, lintWorkspace } from "./workspace.js";

/** A definition to look at. */
export interface LintFile {
  /** Shown in findings, matched by per-path settings: relative to the project's folder, with `/`. */
  readonly path: string;
  /** The file's bytes, or its text. */
  readonly source: string | Uint8Array;
  /** Where its imports come from. */
  readonly fileServer?: FileServer;
  /** Its place on disk, for `tplpath`; `path` when absent. */
  readonly absolute?: string;
}

export interface LintFilesOptions extends LintOptions {
  readonly profiles: readonly Profile[];
  readonly saltenv?: string;
}

/** What a project's settings mean for linting under these profiles. */
export function lintOptions(project: ProjectConfig, profiles: readonly Profile[]): LintFilesOptions {
  const { lint: config, salt } = project;
  return { settings: new LintSettings(config), knownKeys: config.knownKeys, profiles, saltenv: salt.saltenv };
}

/** Renders one file under every profile and looks at the results. Never throws. */
export function lintFile(file: LintFile, options: LintFilesOptions): LintedDocument {
  const source = sourceText(file.source);
  const renders = renderShared(source, options.profiles, (profile) =>
    renderDefinition(file.source, {
      path: file.absolute ?? file.path,
      profile,
      ...(file.fileServer && { fileServer: file.fileServer }),
      ...(options.saltenv !== undefined && { saltenv: options.saltenv }),
    }),
  );
  const { path, fileServer } = file;
  return lintDocument({ path, source, renders, ...(fileServer && { fileServer }) }, options);
}

/** Everything there is to say about a set of files, each by itself and all together; in the order of the files. */
export function lint(files: Iterable<LintFile>, options: LintFilesOptions): Finding[] {
  const documents = [...files].map((file) => lintFile(file, options));
  return finishAll(documents, options).flatMap(({ findings }) => findings);
}

export interface FinishedDocument {
  readonly document: LintedDocument;
  readonly findings: readonly Finding[];
}

/** Adds the findings across files, and applies the switches in the sources. */
export function finishAll(
  documents: readonly LintedDocument[],
  { settings }: Pick<LintOptions, "settings">,
): FinishedDocument[] {
  const summaries = documents.map(({ summary }) => summary);
  const across = lintWorkspace(summaries, settings);
  return documents.map((document) => ({
    document,
    findings: finishDocument(document, across.get(document.path) ?? [], settings),
  }));
}

/** The text of a file; of one that is not UTF-8 what can be shown of it. */
export function sourceText(source: string | Uint8Array): string {
  if (typeof source === "string") return source;
  const decoded = decodeUtf8(source);
  return "text" in decoded ? decoded.text : new TextDecoder("latin1").decode(source);
}
