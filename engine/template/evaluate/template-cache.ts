import type { SaltRelease } from "../../salt-version/release.js";
import { formatSaltVersion } from "../../salt-version/salt-version.js";
import type { FileSyntax } from "../syntax/file-syntax.js";
import { compileTemplate } from "./compile-template.js";
import type { CompiledTemplate } from "./rendering.js";

/** Templates are compiled once for all profiles: the same few are rendered again and again. */
const recent = new Map<string, { key: string; template: CompiledTemplate }>();
const recentLimit = 64;

/** Compiles a template, or gives what the same source compiled to lately. */
export function compileRecent(source: string, syntax: FileSyntax, salt: SaltRelease): CompiledTemplate {
  const key = `${formatSaltVersion(salt.version)} ${JSON.stringify(syntax)}`;
  const known = recent.get(source);
  const template = known?.key === key ? known.template : compileTemplate(source, syntax, salt);
  if (template !== known?.template) {
    if (recent.size >= recentLimit) recent.delete(recent.keys().next().value as string);
    recent.set(source, { key, template });
  }
  for (const feature of template.asked) salt.has(feature);
  return template;
}
