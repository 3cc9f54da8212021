import type { Problem, Span } from "../problem.js";
import type { Value } from "../value/types.js";

/** A composed YAML node with its place in the text. Aliases are resolved to the node they name. */
export type YamlNode = YamlMapping | YamlSequence | YamlScalar;

interface NodeBase {
  /** The whole node, without the comment or line break behind it. */
  readonly span: Span;
  readonly value: Value;
}

export interface YamlMapping extends NodeBase {
  readonly kind: "mapping";
  readonly flow: boolean;
  /** Pairs as written, in order; merge keys (`<<`) stay pairs here although `value` has them merged. */
  readonly pairs: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: "sequence";
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends NodeBase {
  readonly kind: "scalar";
  readonly style: "plain" | "single-quoted" | "double-quoted" | "literal" | "folded" | "empty";
}

export interface YamlResult {
  /** What Salt's loader returns (before the renderer turns a falsy result into `{}`); undefined when it raises. */
  readonly data: Value | undefined;
  /** The root node, also of a text with problems as far as one could be made. */
  readonly root: YamlNode | undefined;
  /** In PyYAML's order: the first is the one that it would raise. */
  readonly problems: readonly Problem[];
}
