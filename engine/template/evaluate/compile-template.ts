import { SaltRelease } from "../../salt-version/release.js";
import type { FileSyntax } from "../syntax/file-syntax.js";
import type { Block } from "../syntax/nodes.js";
import { parseTemplate } from "../syntax/parser.js";
import { forEachNode } from "../syntax/visit.js";
import { checkTemplate } from "./check-template.js";
import { compileBody } from "./compile-body.js";
import { CompileFrame } from "./compile-frame.js";
import { compileStatement } from "./compile-statement.js";
import { type CompiledBlock, type CompiledTemplate, Flow } from "./rendering.js";
import { Symbols } from "./symbols.js";

/** A block sees what its template exports, not the frame that it stands in. */
function compileBlock({ name, body, line }: Block): CompiledBlock {
  const symbols = new Symbols();
  for (const special of ["self", "super"]) symbols.declare(special);
  const frame = new CompileFrame(compileStatement, symbols.visit(...body), false);
  frame.mark(line);
  return { name, body: compileBody(body, frame), unset: frame.unset };
}

/** @param salt the release of Salt whose filters count */
export function compileTemplate(source: string, { settings, header }: FileSyntax, salt: SaltRelease): CompiledTemplate {
  const { template, faults: syntaxFaults } = parseTemplate(source, settings, { header });
  const release = new SaltRelease(salt.version);
  const faults = syntaxFaults.length > 0 ? syntaxFaults : checkTemplate(template, release);
  const { asked } = release;
  for (const feature of asked) salt.has(feature);
  if (faults.length > 0) return { source, faults, body: () => Flow.next, unset: undefined, blocks: [], asked };
  const blocks: Block[] = [];
  forEachNode(template, (node) => {
    if (node.kind === "block") blocks.push(node);
  });
  const frame = new CompileFrame(compileStatement, new Symbols().visit(...template.body), true, true);
  const body = compileBody(template.body, frame);
  return { source, faults, body, unset: frame.unset, blocks: blocks.map(compileBlock), asked };
}
