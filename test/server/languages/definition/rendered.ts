import { builtinProfiles } from "../../../../engine/config/builtin-profiles.js";
import { renderDefinition } from "../../../../engine/render/render-definition.js";
import { DefinitionDocument, Rendering } from "../../../../server/languages/definition/document.js";

const names = ["windows-amd64", "windows-x86"];
export const profiles = builtinProfiles.filter(({ name }) => names.includes(name));

export function documentOf(text: string): DefinitionDocument {
  return new DefinitionDocument("file:///repo/tool.sls", "tool.sls", 1, text);
}

/** What the 64-bit and the 32-bit profile make of a document. */
export function renderingsOf(document: DefinitionDocument): Rendering[] {
  return profiles.map(
    (profile) => new Rendering(document, profile, renderDefinition(document.text, { path: document.path, profile })),
  );
}
