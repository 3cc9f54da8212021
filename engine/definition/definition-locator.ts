import type { LineRange } from "../lines.js";

/** A place in a definition's source, as editors count it. */
export interface SourceLocation {
  /** Absolute path on this machine. */
  readonly file: string;
  readonly range: LineRange;
}

/** Where a definition says something. */
export interface LocatedAttribute {
  /** Of the value; where there is no such attribute, of the version that it belongs to. */
  readonly location: SourceLocation;
  /** The source text of the value, quotes included, when it stands there literally: then it can be replaced. */
  readonly literal?: string;
  /** For an attribute that is not there: where a line for it can be put, and what stands before its key. */
  readonly insertion?: { readonly location: SourceLocation; readonly before: string };
}

/** From a package's attribute to its place in the source. */
export interface DefinitionLocator {
  /** Reads the sources of packages: only what has been opened is located. */
  open(names: readonly string[]): Promise<void>;
  /** `key` is an attribute, or `version` for the version key itself. Undefined when the source is not at hand. */
  locate(name: string, version: string | undefined, key: string | undefined): LocatedAttribute | undefined;
}
