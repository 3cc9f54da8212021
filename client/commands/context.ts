import type { PreviewPanels } from "../preview/panels.js";
import type { WinrepoClient } from "../server.js";
import type { Status } from "../status.js";

/** What the commands of the palette work with. */
export interface CommandContext {
  readonly server: WinrepoClient;
  readonly previews: PreviewPanels;
  readonly status: Status;
}
