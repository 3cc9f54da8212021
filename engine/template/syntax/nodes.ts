import type { Span } from "../../problem.js";

/** Every node has its place in the source as handed in, and the line that Jinja gives it (1-based). */
interface NodeBase extends Span {
  readonly line: number;
}

// ---- expressions

export type Expression =
  | Name
  | NamespaceReference
  | Literal
  | TupleExpression
  | ListExpression
  | DictExpression
  | Conditional
  | FilterExpression
  | TestExpression
  | CallExpression
  | Attribute
  | Item
  | SliceExpression
  | Concatenation
  | Comparison
  | BinaryExpression
  | UnaryExpression
  | Missing;

export interface Name extends NodeBase {
  readonly kind: "name";
  readonly name: string;
  /** Whether the name is read, set, or a parameter (of a macro, a `with`). */
  readonly context: "load" | "store" | "param";
}

/** `ns.attribute` as the target of a `set`. */
export interface NamespaceReference extends NodeBase {
  readonly kind: "namespace-reference";
  readonly name: string;
  readonly attribute: string;
}

/** A string (adjacent ones joined), a number, `true`, `false` or `none`. */
export interface Literal extends NodeBase {
  readonly kind: "literal";
  readonly type: "string" | "integer" | "float" | "boolean" | "none";
  /** The text of a string; numbers and words as written. */
  readonly text: string;
}

export interface TupleExpression extends NodeBase {
  readonly kind: "tuple";
  readonly items: readonly Expression[];
  readonly parenthesized: boolean;
}

export interface ListExpression extends NodeBase {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

export interface DictExpression extends NodeBase {
  readonly kind: "dict";
  readonly pairs: readonly { readonly key: Expression; readonly value: Expression }[];
}

/** `chosen if test else otherwise` */
export interface Conditional extends NodeBase {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly chosen: Expression;
  readonly otherwise: Expression | undefined;
}

/** The arguments of a call, a filter or a test. */
export interface Arguments {
  readonly args: readonly Expression[];
  readonly kwargs: readonly { readonly name: string; readonly nameSpan: Span; readonly value: Expression }[];
  readonly dynamicArgs: Expression | undefined;
  readonly dynamicKwargs: Expression | undefined;
  /** The parentheses, if there are any. */
  readonly parentheses: Span | undefined;
}

export interface FilterExpression extends NodeBase {
  readonly kind: "filter";
  /** Undefined for the first filter of a filter block or a `set` block: it takes the body. */
  readonly node: Expression | undefined;
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: Arguments;
}

export interface TestExpression extends NodeBase {
  readonly kind: "test";
  readonly node: Expression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: Arguments;
}

export interface CallExpression extends NodeBase {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: Arguments;
}

/** `node.attribute`; the name is empty where it was not typed yet. */
export interface Attribute extends NodeBase {
  readonly kind: "attribute";
  readonly node: Expression;
  readonly attribute: string;
  readonly attributeSpan: Span;
}

/** `node[argument]` */
export interface Item extends NodeBase {
  readonly kind: "item";
  readonly node: Expression;
  readonly argument: Expression;
}

export interface SliceExpression extends NodeBase {
  readonly kind: "slice";
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}

/** `a ~ b ~ c` */
export interface Concatenation extends NodeBase {
  readonly kind: "concatenation";
  readonly nodes: readonly Expression[];
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

export interface Comparison extends NodeBase {
  readonly kind: "comparison";
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly node: Expression }[];
}

export interface BinaryExpression extends NodeBase {
  readonly kind: "binary";
  readonly operator: "+" | "-" | "*" | "/" | "//" | "%" | "**" | "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression extends NodeBase {
  readonly kind: "unary";
  readonly operator: "not" | "-" | "+";
  readonly node: Expression;
}

/** An expression that should stand here and does not. A problem says so. */
export interface Missing extends NodeBase {
  readonly kind: "missing";
}

/** What a `set` or a `for` assigns to. */
export type Target = Expression;

// ---- statements

export type Statement =
  | Output
  | For
  | If
  | With
  | Macro
  | CallBlock
  | FilterBlock
  | Set
  | SetBlock
  | Block
  | Extends
  | Include
  | Import
  | FromImport
  | Do
  | LoopControl
  | Autoescape
  | LoadBlock
  | DataImport
  | Profile
  | UnknownTag;

interface StatementBase extends NodeBase {
  /** The opening tag, from its delimiter to its delimiter. */
  readonly tag: Span;
}

/** Text between tags, exactly as it is printed. */
export interface TemplateText extends NodeBase {
  readonly kind: "text";
  readonly text: string;
  readonly raw: boolean;
}

/** A run of text and print statements. */
export interface Output extends StatementBase {
  readonly kind: "output";
  readonly nodes: readonly (TemplateText | Print)[];
}

/** `{{ expression }}` */
export interface Print extends NodeBase {
  readonly kind: "print";
  readonly expression: Expression;
}

export interface For extends StatementBase {
  readonly kind: "for";
  readonly target: Target;
  readonly iterable: Expression;
  readonly test: Expression | undefined;
  readonly recursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface If extends StatementBase {
  readonly kind: "if";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly elifs: readonly If[];
  readonly otherwise: readonly Statement[];
}

export interface With extends StatementBase {
  readonly kind: "with";
  readonly targets: readonly Target[];
  readonly values: readonly Expression[];
  readonly body: readonly Statement[];
}

/** The parameters of a macro or a call block; the last `defaults.length` of `parameters` have one. */
export interface Signature {
  readonly parameters: readonly Name[];
  readonly defaults: readonly Expression[];
}

export interface Macro extends StatementBase {
  readonly kind: "macro";
  readonly name: string;
  readonly nameSpan: Span;
  readonly signature: Signature;
  readonly body: readonly Statement[];
}

export interface CallBlock extends StatementBase {
  readonly kind: "call-block";
  readonly call: CallExpression | undefined;
  readonly signature: Signature;
  readonly body: readonly Statement[];
}

export interface FilterBlock extends StatementBase {
  readonly kind: "filter-block";
  readonly filter: FilterExpression | undefined;
  readonly body: readonly Statement[];
}

export interface Set extends StatementBase {
  readonly kind: "set";
  readonly target: Target;
  readonly value: Expression;
}

export interface SetBlock extends StatementBase {
  readonly kind: "set-block";
  readonly target: Target;
  readonly filter: FilterExpression | undefined;
  readonly body: readonly Statement[];
}

export interface Block extends StatementBase {
  readonly kind: "block";
  readonly name: string;
  readonly nameSpan: Span;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: readonly Statement[];
}

export interface Extends extends StatementBase {
  readonly kind: "extends";
  readonly template: Expression;
}

export interface Include extends StatementBase {
  readonly kind: "include";
  readonly template: Expression;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
}

/** `{% import template as target %}` */
export interface Import extends StatementBase {
  readonly kind: "import";
  readonly template: Expression;
  readonly target: Name;
  readonly withContext: boolean;
}

/** `{% from template import name as alias, … %}` */
export interface FromImport extends StatementBase {
  readonly kind: "from-import";
  readonly template: Expression;
  readonly names: readonly { readonly name: string; readonly nameSpan: Span; readonly target: Name }[];
  readonly withContext: boolean;
}

/** `{% do expression %}` */
export interface Do extends StatementBase {
  readonly kind: "do";
  readonly expression: Expression;
}

export interface LoopControl extends StatementBase {
  readonly kind: "loop-control";
  readonly action: "break" | "continue";
}

export interface Autoescape extends StatementBase {
  readonly kind: "autoescape";
  readonly value: Expression;
  readonly body: readonly Statement[];
}

export type DataFormat = "yaml" | "json" | "text";

/** Salt's `{% load_yaml as target %}…{% endload %}`: the body is rendered as a macro of its own, then read. */
export interface LoadBlock extends StatementBase {
  readonly kind: "load";
  readonly format: DataFormat;
  readonly target: Target;
  readonly body: readonly Statement[];
}

/** Salt's `{% import_yaml template as target %}`: the template is rendered, then read. */
export interface DataImport extends StatementBase {
  readonly kind: "data-import";
  readonly format: DataFormat;
  readonly import: Import;
}

/** Salt's `{% profile as label %}…{% endprofile %}` */
export interface Profile extends StatementBase {
  readonly kind: "profile";
  readonly label: Expression;
  readonly body: readonly Statement[];
}

/** A tag that Jinja refuses. A problem says so. */
export interface UnknownTag extends StatementBase {
  readonly kind: "unknown";
  readonly name: string;
}

export interface Template extends NodeBase {
  readonly kind: "template";
  readonly body: readonly Statement[];
}

export type Node = Expression | Statement | TemplateText | Print | Template;
