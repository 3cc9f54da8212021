/** The release lines of Salt that this program tells apart. */
export const saltLines = [3006, 3007, 3008] as const;

export type SaltLine = (typeof saltLines)[number];

/** A release of Salt, as far as this program knows it: `3007.16` is line 3007, patch 16. */
export interface SaltVersion {
  readonly line: SaltLine;
  readonly patch: number;
}

/** The last patch release of each line that the table of features was dated with. */
export const newestPatch: Readonly<Record<SaltLine, number>> = { 3006: 30, 3007: 17, 3008: 5 };

/** What is meant where nobody says which Salt. */
export const defaultSaltVersion: SaltVersion = newestOf(3007);

export function newestOf(line: SaltLine): SaltVersion {
  return { line, patch: newestPatch[line] };
}

export function formatSaltVersion({ line, patch }: SaltVersion): string {
  return `${line}.${patch}`;
}

export interface ReadSaltVersion {
  /** The release that stands in for what was asked for. */
  readonly version: SaltVersion;
  /** Why it is another one than the text says; undefined where it is that one. */
  readonly note?: string;
}

/**
 * Reads a version as a profile, a grain or `salt-call --version` says it: `3006.24`, `3007` or `3007.x` (the newest of that
 * line), `3008.4+12.g1234` (a build on the way from that release), `2019.2` and other old ones (judged as the oldest
 * release known), lines to come (judged as the newest). A number is taken as YAML prints it.
 * @returns undefined for what is no version of Salt at all
 */
export function readSaltVersion(value: string | number): ReadSaltVersion | undefined {
  const text = String(value).trim();
  const found = /^v?(\d{4})(?:\.(\d+|x)(?:\.\d+)*)?(?:\s*(?:rc|[-+~]).*)?$/i.exec(text);
  if (!found) return undefined;
  const number = Number(found[1]);
  const [oldestLine] = saltLines;
  const newestLine = saltLines[saltLines.length - 1] as SaltLine;
  if (number < oldestLine)
    return replaced({ line: oldestLine, patch: 0 }, `Salt ${text} is older than what is known here`);
  if (number > newestLine) return replaced(newestOf(newestLine), `Salt ${text} is newer than what is known here`);
  const line = number as SaltLine;
  const patch = found[2];
  if (patch === undefined || patch.toLowerCase() === "x") return { version: newestOf(line) };
  return { version: { line, patch: Number(patch) } };
}

function replaced(version: SaltVersion, reason: string): ReadSaltVersion {
  return { version, note: `${reason}: judged as ${formatSaltVersion(version)}` };
}
