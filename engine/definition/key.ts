import type { ValueKind } from "./value-kind.js";

/** What reads a key. */
export type KeyReader = "genrepo" | "list_pkgs" | "install" | "remove" | "repository tests";

/** What Salt does with a value that is not of an accepted type. */
export interface TypeMismatch {
  /**
   * `refresh`: the refresh of the whole repository dies · `call`: pkg.install or pkg.remove dies, packages after this
   * one are not processed · `wrong`: something else happens than was meant · `harmless`: as if it were right.
   */
  readonly harm: "refresh" | "call" | "wrong" | "harmless";
  /** A sentence: what Salt does. */
  readonly effect: string;
}

/** One key of a version: a row of the table that validation, completion, hover, JSON Schema and docs/keys.md are made from. */
export interface DefinitionKey {
  readonly name: string;
  /** Types whose values mean what they say; the usual one first. */
  readonly types: readonly ValueKind[];
  /** What Salt assumes where the key is absent; undefined where it assumes nothing. */
  readonly default?: string | boolean;
  /** Without it the refresh dies. */
  readonly required?: boolean;
  /** Who reads it; empty: nobody. */
  readonly readBy: readonly KeyReader[];
  /** The Salt release that read it first, where that is known. */
  readonly since?: string;
  /** One sentence. */
  readonly summary: string;
  /** What Salt does with it (Markdown). */
  readonly details: string;
  /** What goes wrong, each a sentence or two (Markdown). */
  readonly pitfalls: readonly string[];
  /** A line or lines of YAML as they stand in a version. */
  readonly example: string;
  /** What Salt does with values of other types. */
  readonly mismatches: Readonly<Partial<Record<ValueKind, TypeMismatch>>>;
  /** Of a key that is written by mistake: the key that is meant, where there is one. */
  readonly meant?: string;
}
