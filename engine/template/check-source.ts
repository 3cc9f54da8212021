import type { Problem } from "../problem.js";
import { SaltRelease } from "../salt-version/release.js";
import { checkTemplate } from "./evaluate/check-template.js";
import { problemsOf } from "./fault-problem.js";
import { parseTemplate } from "./syntax/parser.js";
import { defaultSettings, type SyntaxSettings } from "./syntax/settings.js";

/**
 * What Jinja refuses in a template before it runs: syntax, and filters and tests that there are not. For templates that
 * only others render. Never throws.
 */
export function checkSource(source: string, settings: SyntaxSettings = defaultSettings): Problem[] {
  const { template, faults } = parseTemplate(source, settings);
  const all = faults.length > 0 ? faults : checkTemplate(template, new SaltRelease());
  return problemsOf(all, source);
}
