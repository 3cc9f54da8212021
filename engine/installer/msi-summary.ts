/** What matters of a package's summary information stream. Empty texts where the package says nothing. */
export interface SummaryInformation {
  readonly subject: string;
  /** Platform and languages, e.g. `x64;1033`. */
  readonly template: string;
  /** The package code: unlike the product code it differs between any two builds. */
  readonly packageCode: string;
}

const subjectId = 3;
const templateId = 7;
const revisionId = 9;
const vtLpstr = 30;
/** Property sets have a dozen properties; a damaged one may claim any number, and texts of any length. */
const maxProperties = 1000;
const maxTextBytes = 4096;
const wantedIds: readonly number[] = [subjectId, templateId, revisionId];

/** Reads an OLE property set; whatever is damaged reads as empty, for a package works without it. */
export function readSummary(stream: Buffer | undefined): SummaryInformation {
  const properties = stream ? readProperties(stream) : new Map<number, string>();
  const text = (id: number) => properties.get(id) ?? "";
  return { subject: text(subjectId), template: text(templateId), packageCode: text(revisionId) };
}

function readProperties(stream: Buffer): Map<number, string> {
  const properties = new Map<number, string>();
  try {
    const section = stream.readUInt32LE(44);
    const count = Math.min(stream.readUInt32LE(section + 4), maxProperties);
    for (let index = 0; index < count; index++) {
      const entry = section + 8 + index * 8;
      const id = stream.readUInt32LE(entry);
      const value = section + stream.readUInt32LE(entry + 4);
      if (!wantedIds.includes(id) || stream.readUInt32LE(value) !== vtLpstr) continue;
      const length = Math.min(stream.readUInt32LE(value + 4), maxTextBytes);
      properties.set(id, stream.toString("latin1", value + 8, value + 8 + length).replace(/\0[\s\S]*$/, ""));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return properties;
}
