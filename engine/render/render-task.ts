import type { Profile } from "../config/profile.js";
import { packRendered, unpackRendered } from "./portable.js";
import { renderDefinition } from "./render-definition.js";
import type { RenderDocument, RenderSettings, RenderTask } from "./render-host.js";
import type { RenderedDefinition } from "./rendered.js";

/** Rendering for its own sake. */
export const renderTask: RenderTask<
  { readonly profile: Profile; readonly settings: RenderSettings },
  RenderDocument,
  RenderedDefinition
> = {
  name: "render",
  run({ profile, settings }, { path, source }, openFileServer) {
    const { mounts, texts, ...options } = settings;
    return renderDefinition(source, {
      ...options,
      path,
      profile,
      ...(mounts && { fileServer: openFileServer(mounts, texts) }),
    });
  },
  pack: packRendered,
  unpack: unpackRendered,
};
