import type { Fault } from "../fault.js";
import { certainFaults } from "./certain-faults.js";
import { type LexOptions, lex } from "./lexer.js";
import type { Template } from "./nodes.js";
import { defaultSettings, type SyntaxSettings } from "./settings.js";
import { type OpenBlock, TemplateParser } from "./template-parser.js";
import type { Comment } from "./token.js";
import { TokenStream } from "./token-stream.js";
import { depthOf } from "./visit.js";

export interface ParsedTemplate {
  /** A tree of all that could be read, also of a broken template. */
  readonly template: Template;
  /** In the order of the source: the first is the one that Jinja raises, the others are certain, too. */
  readonly faults: readonly Fault[];
  readonly comments: readonly Comment[];
  /** The blocks that nothing closes, innermost first. */
  readonly openBlocks: readonly OpenBlock[];
}

/** Trees that nest further are not looked at: Python's own stack ends before. */
const depthLimit = 500;

/** Reads a template with Salt's tags. Never throws. */
export function parseTemplate(
  source: string,
  settings: SyntaxSettings = defaultSettings,
  options: LexOptions = {},
): ParsedTemplate {
  const parsed = parse(source, settings, options);
  if (parsed.faults.length < 2 || options.recover) return parsed;
  const recovered = parse(source, settings, { ...options, recover: true });
  return { ...parsed, faults: certainFaults(parsed.faults, recovered.faults) };
}

function parse(source: string, settings: SyntaxSettings, options: LexOptions): ParsedTemplate {
  const { tokens, comments } = lex(source, settings, options);
  const stream = new TokenStream(tokens);
  const parser = new TemplateParser(stream);
  const body = parser.statements([]);
  const { openBlocks } = parser;
  const template: Template = { kind: "template", body, start: 0, end: source.length, line: 1 };
  if (depthOf(template) <= depthLimit) return { template, faults: stream.faults, comments, openBlocks };
  const tooDeep: Fault = {
    code: "jinja-budget",
    exception: "BudgetError",
    message: `The template nests more than ${depthLimit} levels.`,
    range: { start: 0, end: source.length },
    line: 1,
  };
  return { template: { ...template, body: [] }, faults: [...stream.faults, tooDeep], comments, openBlocks };
}
