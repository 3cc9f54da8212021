// How large a file may be that we read; docs/template-limits.md says so. Salt has no such limits.

const megabyte = 1024 * 1024;

/** Bytes of a definition. Larger ones are rendered by no command and not in the editor: a single one would hold up all. */
export const definitionSizeLimit = 16 * megabyte;

/** Bytes of a file that a definition imports. A larger one is as if it were not there. */
export const importSizeLimit = 10 * megabyte;

/** `16 MB`, as messages say it. */
export function sizeText(bytes: number): string {
  return `${Math.round(bytes / megabyte)} MB`;
}
