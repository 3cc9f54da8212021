import { parseSet, parseWith } from "./assignment.js";
import { parseAutoescape, parseBlock, parseFilterBlock, parseProfileBlock } from "./block.js";
import { parseIf } from "./condition.js";
import { parseDataImport, parseLoad } from "./data.js";
import { parseFor, parseLoopControl } from "./loop.js";
import { parseCall, parseMacro } from "./macro.js";
import { parseDo, parsePrint } from "./output.js";
import type { ParseTag } from "./tag-reader.js";
import { parseExtends, parseFrom, parseImport, parseInclude } from "./template.js";

/** The tags that begin a statement: those of Jinja 2, of its `do` and loop control extensions, and of Salt's serializer extension. */
export const tagParsers: ReadonlyMap<string, ParseTag> = new Map<string, ParseTag>([
  ["for", parseFor],
  ["if", parseIf],
  ["set", parseSet],
  ["with", parseWith],
  ["macro", parseMacro],
  ["call", parseCall],
  ["filter", parseFilterBlock],
  ["block", parseBlock],
  ["autoescape", parseAutoescape],
  ["print", parsePrint],
  ["extends", parseExtends],
  ["include", parseInclude],
  ["import", parseImport],
  ["from", parseFrom],
  ["do", parseDo],
  ["break", parseLoopControl],
  ["continue", parseLoopControl],
  ["profile", parseProfileBlock],
  ["load_yaml", parseLoad],
  ["load_json", parseLoad],
  ["load_text", parseLoad],
  ["import_yaml", parseDataImport],
  ["import_json", parseDataImport],
  ["import_text", parseDataImport],
]);
