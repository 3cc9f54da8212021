/** What a condition may ask about. Names of properties are compared exactly, as Windows Installer does. */
export interface ConditionContext {
  property(name: string): string | undefined;
  environment(name: string): string | undefined;
  /**
   * State of a component or feature: `$` and `&` ask what will be done, `?` and `!` what is there now.
   * 2 absent, 3 present; undefined when it is unknown.
   */
  state(kind: "$" | "?" | "&" | "!", name: string): number | undefined;
}

/**
 * Evaluates a Windows Installer condition ("Conditional Statement Syntax"). An empty condition holds; one that cannot
 * be parsed does not, as in Windows Installer.
 */
export function evaluateCondition(condition: string, context: ConditionContext): boolean {
  const tokens = tokenize(condition);
  if (!tokens) return false;
  if (tokens.length === 0) return true;
  return new Evaluator(tokens, context).whole();
}

/** The names of the properties that a condition reads. */
export function propertiesOf(condition: string): string[] {
  return (tokenize(condition) ?? []).flatMap((token) => (token.kind === "property" ? [token.text] : []));
}

interface Token {
  readonly kind: "word" | "operator" | "property" | "environment" | "state" | "string" | "integer";
  readonly text: string;
}

const pattern =
  /\s*(?:"([^"]*)"|(-?\d+)(?![\w.])|(~?(?:<<|>>|><|<=|>=|<>|=|<|>))|([()])|%(\w+)|([$?&!][\w.]+)|([A-Za-z_][\w.]*))/y;
const words = new Set(["NOT", "AND", "OR", "XOR", "EQV", "IMP"]);
const maxDepth = 200;

function tokenize(condition: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = condition.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const [, string, integer, operator, bracket, environment, state, name] = found;
    if (string !== undefined) tokens.push({ kind: "string", text: string });
    else if (integer !== undefined) tokens.push({ kind: "integer", text: integer });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else if (bracket !== undefined) tokens.push({ kind: "word", text: bracket });
    else if (environment !== undefined) tokens.push({ kind: "environment", text: environment });
    else if (state !== undefined) tokens.push({ kind: "state", text: state });
    else if (words.has(name!.toUpperCase())) tokens.push({ kind: "word", text: name!.toUpperCase() });
    else tokens.push({ kind: "property", text: name! });
  }
  return tokens;
}

type Operand = { readonly text: string; readonly isInteger: boolean } | undefined;

class Malformed extends Error {}

/** Recursive descent; from the loosest to the tightest: IMP, EQV, XOR, OR, AND, NOT, comparison. */
class Evaluator {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];
  readonly #context: ConditionContext;

  constructor(tokens: readonly Token[], context: ConditionContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  whole(): boolean {
    try {
      const result = this.#binary(0);
      return this.#at === this.#tokens.length && result;
    } catch (error) {
      if (error instanceof Malformed) return false;
      throw error;
    }
  }

  #binary(level: number): boolean {
    const operators: [string, (a: boolean, b: boolean) => boolean][] = [
      ["IMP", (a, b) => !a || b],
      ["EQV", (a, b) => a === b],
      ["XOR", (a, b) => a !== b],
      ["OR", (a, b) => a || b],
      ["AND", (a, b) => a && b],
    ];
    const entry = operators[level];
    if (!entry) return this.#negation();
    let left = this.#binary(level + 1);
    while (this.#takeWord(entry[0])) left = entry[1](left, this.#binary(level + 1));
    return left;
  }

  #negation(): boolean {
    if (++this.#depth > maxDepth) throw new Malformed();
    try {
      if (this.#takeWord("NOT")) return !this.#negation();
      if (!this.#takeWord("(")) return this.#comparison();
      const inner = this.#binary(0);
      if (!this.#takeWord(")")) throw new Malformed();
      return inner;
    } finally {
      this.#depth--;
    }
  }

  #comparison(): boolean {
    const left = this.#operand();
    const operator = this.#tokens[this.#at];
    if (operator?.kind !== "operator")
      return left !== undefined && (left.isInteger ? left.text !== "0" : left.text !== "");
    this.#at++;
    return compare(left, operator.text, this.#operand());
  }

  #operand(): Operand {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case "string":
        return { text: token.text, isInteger: false };
      case "integer":
        return { text: String(Number(token.text)), isInteger: true };
      case "property":
        return texted(this.#context.property(token.text));
      case "environment":
        return texted(this.#context.environment(token.text));
      case "state": {
        const state = this.#context.state(token.text[0] as "$", token.text.slice(1));
        return state === undefined ? undefined : { text: String(state), isInteger: true };
      }
      default:
        throw new Malformed();
    }
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word" || token.text !== word) return false;
    this.#at++;
    return true;
  }
}

const texted = (text: string | undefined): Operand => (text === undefined ? undefined : { text, isInteger: false });

/** A number is compared with a number: a property that holds none equals no number. */
function compare(left: Operand, operator: string, right: Operand): boolean {
  const sign = operator.replace("~", "");
  if (left?.isInteger || right?.isInteger) {
    const a = toInteger(left);
    const b = toInteger(right);
    return a === undefined || b === undefined ? sign === "<>" : compareIntegers(a, sign, b);
  }
  const fold = (operand: Operand) =>
    operator.startsWith("~") ? (operand?.text ?? "").toLowerCase() : (operand?.text ?? "");
  return compareTexts(fold(left), sign, fold(right));
}

function toInteger(operand: Operand): number | undefined {
  return operand && /^-?\d+$/.test(operand.text) ? Number(operand.text) : undefined;
}

function compareIntegers(a: number, sign: string, b: number): boolean {
  if (sign === "><") return (a & b) !== 0;
  if (sign === "<<") return a >>> 16 === b;
  if (sign === ">>") return (a & 0xffff) === b;
  return compareOrdered(a, sign, b);
}

function compareTexts(a: string, sign: string, b: string): boolean {
  if (sign === "><") return a.includes(b);
  if (sign === "<<") return a.startsWith(b);
  if (sign === ">>") return a.endsWith(b);
  return compareOrdered(a, sign, b);
}

function compareOrdered<T extends string | number>(a: T, sign: string, b: T): boolean {
  switch (sign) {
    case "=":
      return a === b;
    case "<>":
      return a !== b;
    case "<":
      return a < b;
    case ">":
      return a > b;
    case "<=":
      return a <= b;
    default:
      return a >= b;
  }
}
