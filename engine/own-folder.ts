/**
 * A folder in a project that earlier versions kept machines and caches in; update-git-repos works in one of that name. It
 * is no part of any repository: never read, linted or served.
 */
export const ownFolder = ".winrepo";

/** Absolute folders of what Winrepo keeps: machines, downloads, logs. They are never served, scanned, watched or linted. */
export type KeptFolders = readonly string[];
