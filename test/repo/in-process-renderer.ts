import type { Profile } from "../../engine/config/profile.js";
import type { Mount } from "../../engine/render/file-server.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { type RepositoryRenderer, repositoryRenderer } from "../../engine/repo/repository-renderer.js";

/** Renders on this thread. */
export function inProcessRenderer(profile: Profile, mounts: readonly Mount[] = []): RepositoryRenderer {
  return repositoryRenderer(inProcessHost, { profile, settings: { mounts } });
}
