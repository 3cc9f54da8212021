import type { Span } from "../../problem.js";
import type { SaltRelease } from "../../salt-version/release.js";
import { parseJson } from "../../value/json.js";
import { Dict } from "../../value/types.js";
import { type SyntaxSettings, withOptions } from "./settings.js";

/** How one file reads: the settings of the minion, and what the file itself says of them. */
export interface FileSyntax {
  readonly settings: SyntaxSettings;
  /** A line of the file that sets options and is no part of the template; with its line break. */
  readonly header: Span | undefined;
}

const prefix = "#jinja2:";

/**
 * The settings of a file whose first line, or the second behind a `#!` line, is `#jinja2: {…}`: a JSON object of Jinja's
 * options (salt-reference §3.1; salt.utils.templates.render_jinja_tmpl). A line that is none is part of the template;
 * options that Jinja does not have are ignored. Templates that the file imports read with its settings, too, but
 * such a line in them is text.
 */
export function fileSyntax(source: string, settings: SyntaxSettings, salt: SaltRelease): FileSyntax {
  const header = headerLine(source);
  const options = header && parseJson(source.slice(header.start + prefix.length, header.end));
  if (!options || !("data" in options) || !(options.data instanceof Dict) || !salt.has("jinja-line")) {
    return { settings, header: undefined };
  }
  return { settings: withOptions(settings, options.data), header };
}

/** The line that could be a header, as Python splits lines. */
function headerLine(source: string): Span | undefined {
  const first = lineEnd(source, 0);
  const start = source.startsWith("#!") && !source.startsWith("#!/") ? first : 0;
  return source.startsWith(prefix, start) ? { start, end: lineEnd(source, start) } : undefined;
}

function lineEnd(source: string, start: number): number {
  const lineBreak = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
  lineBreak.lastIndex = start;
  return lineBreak.test(source) ? lineBreak.lastIndex : source.length;
}
