import type { Profile } from "../config/profile.js";
import type { LintConfig } from "../config/project.js";
import { DefinitionView } from "../definition/view.js";
import { LineTable } from "../lines.js";
import { renderDefinition } from "../render/render-definition.js";
import type { RenderDocument, RenderSettings, RenderTask } from "../render/render-host.js";
import { renderShared } from "../render/shared-renderings.js";
import type { LintedDocument } from "./document.js";
import { type LintFile, type LintFilesOptions, lintFile, sourceText } from "./lint.js";
import { LintSettings } from "./settings.js";
import { type DocumentSummary, summarize } from "./summary.js";

/** What a set of files is linted with. */
export interface LintSetup {
  readonly profiles: readonly Profile[];
  readonly lint: Pick<LintConfig, "rules" | "overrides" | "knownKeys">;
  readonly settings: RenderSettings;
}

/** A file to lint; where its imports come from is in the setup. */
export type LintInput = Omit<LintFile, "fileServer">;

/** Everything there is to say about one file by itself. */
export const lintTask: RenderTask<LintSetup, LintInput, LintedDocument> = {
  name: "lint",
  run(setup, file, openFileServer) {
    const { mounts, texts } = setup.settings;
    return lintFile({ ...file, ...(mounts && { fileServer: openFileServer(mounts, texts) }) }, optionsOf(setup));
  },
  pack({ lines: _, ...document }) {
    return document;
  },
  unpack(packed, { source }) {
    return { ...(packed as Omit<LintedDocument, "lines">), lines: new LineTable(sourceText(source)) };
  },
};

const known = new WeakMap<LintSetup, LintFilesOptions>();

function optionsOf(setup: LintSetup): LintFilesOptions {
  let options = known.get(setup);
  if (!options) {
    const { profiles, lint, settings } = setup;
    options = {
      profiles,
      settings: new LintSettings(lint),
      knownKeys: lint.knownKeys,
      ...(settings.saltenv !== undefined && { saltenv: settings.saltenv }),
    };
    known.set(setup, options);
  }
  return options;
}

export interface SummarySetup {
  readonly profiles: readonly Profile[];
  readonly settings: RenderSettings;
}

/** What rules across files need to know of one file, and on which imports that depends. */
export interface Summarized {
  readonly summary: DocumentSummary;
  /** Paths below the file server's root. */
  readonly imports: readonly string[];
}

export const summaryTask: RenderTask<SummarySetup, RenderDocument, Summarized> = {
  name: "summary",
  run({ profiles, settings: { mounts, texts, ...settings } }, { path, source }, openFileServer) {
    const fileServer = mounts && openFileServer(mounts, texts);
    const text = sourceText(source);
    const renders = renderShared(text, profiles, (profile) =>
      renderDefinition(source, { ...settings, path, profile, ...(fileServer && { fileServer }) }),
    );
    const views = renders.map((rendered) => new DefinitionView(text, rendered));
    const imports = [...new Set(renders.flatMap((rendered) => rendered.imports))];
    return { summary: summarize(path, views), imports };
  },
  pack: (summarized) => summarized,
  unpack: (packed) => packed as Summarized,
};
