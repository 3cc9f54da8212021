/**
 * A folder in a project that earlier versions kept machines and caches in. It is no part of any repository: never read,
 * linted or served.
 */
export const ownFolder = ".winrepo";
