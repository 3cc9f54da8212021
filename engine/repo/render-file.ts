import type { Profile } from "../config/profile.js";
import type { FileServer } from "../render/file-server.js";
import { renderDefinition } from "../render/render-definition.js";
import type { RenderedDefinition } from "../render/rendered.js";
import type { DefinitionFile } from "./discover.js";

/** Renders one file under the profile at hand. Never throws. */
export type RenderFile = (source: Uint8Array, file: DefinitionFile) => RenderedDefinition;

export interface RenderFileOptions {
  readonly profile: Profile;
  readonly fileServer?: FileServer;
  readonly saltenv?: string;
  /** The minion's option `renderer`. */
  readonly renderer?: string;
}

/** Renders for data alone: what genrepo stores, without places in the text. */
export function dataRenderer(options: RenderFileOptions): RenderFile {
  return (source, file) => renderDefinition(source, { ...options, path: file.absolute, dataOnly: true });
}
