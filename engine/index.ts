/**
 * The winrepo engine: everything that works without an editor. See ARCHITECTURE.md for its rooms.
 * @packageDocumentation
 */
export type { Profile } from "./config/profile.js";
export type { Problem, Severity, Span } from "./problem.js";
export type { RenderedDefinition } from "./render/rendered.js";
export { fromJson, type Typed, toJson, toTyped } from "./value/convert.js";
export { repr, str } from "./value/repr.js";
export * from "./value/types.js";
export { compareVersions, latestVersion, sortVersions, type VersionOperator } from "./version/version.js";
