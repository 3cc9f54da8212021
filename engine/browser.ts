/**
 * The part of the engine that runs in a browser: rendering, linting and everything about definitions. Nothing that can be
 * reached from here knows Node: files come from the `FileServer` that the caller hands over.
 * @packageDocumentation
 */
export { builtinProfiles } from "./config/builtin-profiles.js";
export { ProfileError, parseProfile } from "./config/parse-profile.js";
export type { Profile } from "./config/profile.js";
export { defaultProject } from "./config/project.js";
export { keyDocumentation } from "./definition/key-docs.js";
export { definitionKeys } from "./definition/keys.js";
export { type AttributeView, type PackageView, type VersionView, viewDefinition } from "./definition/model.js";
export { type Finding, type Fix, fullMessage, type RelatedPlace, type TextEdit } from "./lint/finding.js";
export { applyEdits, type FixResult, fixAll } from "./lint/fix.js";
export { type LintFile, type LintFilesOptions, lint, lintOptions } from "./lint/lint.js";
export type { Problem, Severity, Span } from "./problem.js";
export type { FileServer, Mount } from "./render/file-server.js";
export { InProcessHost } from "./render/in-process-host.js";
export { type RenderDefinitionOptions, renderDefinition } from "./render/render-definition.js";
export {
  NotFinished,
  type RenderDocument,
  type RenderHost,
  type RenderSettings,
  type RenderTask,
} from "./render/render-host.js";
export { renderTask } from "./render/render-task.js";
export type { RenderedDefinition } from "./render/rendered.js";
export { renderTemplate } from "./template/index.js";
export type { MapFrame, MapSpan, SourceMap } from "./template/source-map.js";
export { fromJson, toJson } from "./value/convert.js";
export { loadYaml, loadYamlData, type YamlData } from "./yaml/index.js";
