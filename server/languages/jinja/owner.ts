import type { Expression } from "../../../engine/template/syntax/nodes.js";
import { parseTemplate } from "../../../engine/template/syntax/parser.js";
import type { Token } from "../../../engine/template/syntax/token.js";

/**
 * The expression that ends with the last of some tokens, as far as names, members, keys and calls reach: in
 * `1 + a.b['c'](d)` that is `a.b['c'](d)`. Found from its end, so that it is known whatever is wrong before it.
 */
export function expressionBefore(text: string, tokens: readonly Token[]): Expression | undefined {
  const first = startOfOperand(tokens);
  const last = tokens.at(-1);
  if (!first || !last) return undefined;
  const [output] = parseTemplate(`{{ ${text.slice(first.start, last.end)} }}`).template.body;
  const [print] = output?.kind === "output" ? output.nodes : [];
  return print?.kind === "print" ? print.expression : undefined;
}

const openings: { readonly [type: string]: string } = { rparen: "lparen", rbracket: "lbracket", rbrace: "lbrace" };

function startOfOperand(tokens: readonly Token[]): Token | undefined {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    const opening = openings[token.type];
    if (opening !== undefined) {
      const begin = openingOf(tokens, at, token.type, opening);
      if (begin < 0) return undefined;
      // A call or a key goes on with what it belongs to; else the brackets are the operand.
      if (!endsOperand(tokens[begin - 1])) return tokens[begin];
      at = begin;
    } else if (token.type === "name" || token.type === "string" || token.type === "integer") {
      if (tokens[at - 1]?.type !== "dot") return token;
      at--;
    } else return undefined;
  }
  return undefined;
}

function openingOf(tokens: readonly Token[], end: number, closer: string, opener: string): number {
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    const type = tokens[at]?.type;
    if (type === closer) depth++;
    else if (type === opener && --depth === 0) return at;
  }
  return -1;
}

const words = new Set("and or not in is if else elif".split(" "));

/** Whether an operator, not an operand, is what can follow a token. */
export function endsOperand(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.type === "name") return !words.has(token.value);
  return /^(?:string|integer|float|rparen|rbracket|rbrace)$/.test(token.type);
}
