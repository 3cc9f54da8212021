import type { NotFinished, RenderHost } from "../render/render-host.js";
import type { RenderedDefinition } from "../render/rendered.js";
import type { DefinitionFile } from "./discover.js";
import type { DefinitionOutcome } from "./outcome.js";
import { type OutcomeSetup, outcomeTask } from "./outcome-task.js";

/** A file with what was read of it. */
export interface ReadDefinition {
  readonly file: DefinitionFile;
  readonly source: Uint8Array;
}

/** Renders the definitions of one repository under one profile. */
export interface RepositoryRenderer {
  /** How many calls can be in flight before further ones only queue. */
  readonly width: number;
  /** What genrepo remembers of some files, in order. */
  outcomes(
    files: readonly ReadDefinition[],
    signal?: AbortSignal,
  ): Promise<readonly (DefinitionOutcome | NotFinished)[]>;
  /** One file's data. */
  rendering(file: ReadDefinition, signal?: AbortSignal): Promise<RenderedDefinition | NotFinished>;
}

export function repositoryRenderer(host: RenderHost, setup: OutcomeSetup): RepositoryRenderer {
  const dataOnly = { ...setup.settings, dataOnly: true };
  const document = ({ file, source }: ReadDefinition) => ({ path: file.absolute, source });
  return {
    width: host.width,
    outcomes: (files, signal) => host.run(outcomeTask, setup, files.map(document), signal),
    rendering: (file, signal) => host.render(document(file), setup.profile, dataOnly, signal),
  };
}
