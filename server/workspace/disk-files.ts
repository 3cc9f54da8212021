import { readFileSync } from "node:fs";
import { decodeUtf8 } from "../../engine/render/decode.js";
import { discoverDefinitions } from "../../engine/repo/discover.js";
import { DiskFileServer } from "../../engine/repo/disk-file-server.js";
import { readDefinition } from "../../engine/repo/read-definition.js";
import { StaleError } from "./scheduler.js";
import type { WorkspaceFiles } from "./workspace.js";

/** The files of this machine. */
export const diskFiles: WorkspaceFiles = {
  async definitions(folder, pause) {
    try {
      const { files } = await discoverDefinitions(folder, { pause });
      return files.map(({ absolute }) => absolute);
    } catch (error) {
      if (error instanceof StaleError) throw error;
      return []; // A folder that is gone or cannot be read.
    }
  },
  async definition(file) {
    try {
      const decoded = decodeUtf8(await readDefinition(file));
      return "failure" in decoded ? undefined : decoded.text;
    } catch {
      return undefined;
    }
  },
  text(file) {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return undefined;
    }
  },
  fileServer: (mounts) => new DiskFileServer(mounts),
};
