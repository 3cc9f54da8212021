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
    const count = stream.readUInt32LE(section + 4);
    for (let index = 0; index < count; index++) {
      const entry = section + 8 + index * 8;
      const value = section + stream.readUInt32LE(entry + 4);
      if (stream.readUInt32LE(value) !== vtLpstr) continue;
      const bytes = stream.subarray(value + 8, value + 8 + stream.readUInt32LE(value + 4));
      properties.set(stream.readUInt32LE(entry), bytes.toString("latin1").replace(/\0+$/, ""));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return properties;
}
