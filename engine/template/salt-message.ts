import { splitLines } from "../value/text.js";
import type { Fault } from "./fault.js";

const marker = "    <======================";

/**
 * Salt's text for an error of a template (spec §3.7; salt.utils.templates.render_jinja_tmpl and
 * salt.exceptions.SaltRenderError): what was raised, the line, and the lines around it.
 */
export function saltMessage(fault: Fault, source: string): string {
  const { exception, message, raised } = fault;
  // For winrepo Salt takes the line of the innermost template, and the text of the outermost.
  const line = fault.imported?.line ?? fault.line;
  switch (raised ? "TemplateError" : exception) {
    case "UndefinedError":
      return withContext(`Jinja variable ${message}`, source, line);
    case "TemplateSyntaxError":
    case "TemplateAssertionError":
    case "TemplateRuntimeError":
    case "SecurityError":
      return withContext(`Jinja syntax error: ${message}`, source, line);
    case "SaltInvocationError":
    case "CommandExecutionError":
      return withContext(`Problem running salt function in Jinja template: ${message}`, source, line);
    default: {
      const trace = `Traceback (most recent call last):\n  …\n${exception}: ${message}\n`;
      return withContext(`Jinja error: ${message}\n${trace}\n`, source, line);
    }
  }
}

function withContext(text: string, source: string, line: number): string {
  return `${text}; line ${line}\n\n${context(source, line)}`;
}

/** salt.utils.stringutils.get_context: five lines around, the one in question marked. */
function context(source: string, line: number): string {
  const lines = splitLines(source);
  if (line > lines.length) return source;
  const start = Math.max(0, line - 6);
  const end = Math.min(lines.length, line + 5);
  const shown = lines.slice(start, end).map((text, index) => (start + index + 1 === line ? text + marker : text));
  if (start > 0) shown.unshift("[...]");
  if (end < lines.length) shown.push("[...]");
  return `---\n${shown.join("\n")}\n---`;
}
