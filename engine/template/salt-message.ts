import { splitLines } from "../value/text.js";
import type { Fault } from "./fault.js";

const marker = "    <======================";

/**
 * Salt's text for an error of a template (salt-reference §3.7; salt.utils.templates.render_jinja_tmpl and
 * salt.exceptions.SaltRenderError): what was raised, the line, and the lines around it.
 */
export function saltMessage(fault: Fault, source: string): string {
  const { exception, message } = fault;
  // For winrepo Salt takes the line of the innermost template, and the text of the outermost.
  const line = fault.imported?.line ?? fault.line;
  switch (exception) {
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
    case "SyntaxError":
      // Salt looks for a line of the template in the trace, finds none, and fails over that.
      return `${trace(exception, message)}\nDuring handling of the above exception, another exception occurred:\n\n${lineFailure}`;
    default:
      return withContext(`Jinja error: ${message}\n${trace(exception, message)}\n`, source, line);
  }
}

function trace(exception: string, message: string): string {
  return `Traceback (most recent call last):\n  …\n${exception}: ${message}\n`;
}

const lineFailure = trace("TypeError", "'NoneType' object is not subscriptable");

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
