import type { HostFiles } from "../host-files.js";
import type { InstalledRecord, MachineState } from "./machine-state.js";

/** Takes away what one installation left. */
export async function removeRecord(state: MachineState, files: HostFiles, record: InstalledRecord): Promise<void> {
  for (const file of record.files) {
    await files.remove(file);
    await files.removeEmptyFolders(file.slice(0, file.lastIndexOf("\\")));
  }
  for (const { hive, key, view, name } of record.values) state.registry.removeValue(hive, key, view, name);
  for (const { hive, key, view } of record.keys) state.registry.removeKey(hive, key, view);
}
