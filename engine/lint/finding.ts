import type { Severity, Span } from "../problem.js";

/** One replacement in the source: UTF-16 offsets. An empty range inserts. */
export interface TextEdit {
  readonly range: Span;
  readonly newText: string;
}

/** A change that removes a finding. The edits do not overlap. */
export interface Fix {
  /** What it does, as a menu entry: "Quote the version '1.10'". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A second place that explains a finding: the other definition, the loop item that made the value. */
export interface RelatedPlace {
  readonly file: string;
  readonly range: Span;
  readonly message: string;
}

/** What a rule has to say about one place of one source file. */
export interface Finding {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, with the value that Salt would see. One sentence, ends with a period. */
  readonly message: string;
  /** What Salt does with it, in Salt's own words where it has some. */
  readonly salt: string;
  /** What to do about it; absent when the message says it all. */
  readonly advice?: string;
  readonly range: Span;
  /** Set where Salt takes nothing from the file because of it: it is not switched off. */
  readonly rejected?: true;
  /** The profiles that it holds for, in the order they were asked for. */
  readonly profiles: readonly string[];
  /** Whether these are all the profiles the file was looked at with; a finding that they do not share names its profiles. */
  readonly everyProfile: boolean;
  readonly related: readonly RelatedPlace[];
  /** Safe: the fixed file renders to what was meant. Applied by `--fix` and fix-all. */
  readonly fix?: Fix;
  /** Changes that need a person's choice. Never applied on their own. */
  readonly suggestions: readonly Fix[];
}

/** The finding as one paragraph, for places that show a single text: editors, JSON, SARIF, GitHub. */
export function fullMessage(finding: Finding): string {
  const profiles = finding.everyProfile ? "" : ` [${finding.profiles.join(", ")}]`;
  return [`${finding.message}${profiles}`, finding.salt, finding.advice].filter(Boolean).join(" ");
}
