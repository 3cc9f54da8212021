import type { SourceLocation } from "./report.js";

export interface LocatedAttribute {
  readonly location: SourceLocation;
  /** Whether the place holds the value itself, literally: then replacing it there is sure to do what it says. */
  readonly literal: boolean;
  /** The source text of the value, quotes included, when it is literal. */
  readonly text: string;
}

/** From a package's attribute to its place in the source. */
export interface DefinitionLocator {
  /** `key` is an attribute, or `version` for the version key itself. Undefined when the source is not at hand. */
  locate(name: string, version: string | undefined, key: string | undefined): LocatedAttribute | undefined;
}
