/**
 * The winrepo engine: everything that works without an editor. See ARCHITECTURE.md for its modules.
 * @packageDocumentation
 */
export { builtinProfiles } from "./config/builtin-profiles.js";
export { ProfileError, parseProfile } from "./config/parse-profile.js";
export type { Profile } from "./config/profile.js";
export { loadProfile } from "./config/profile-loader.js";
export { defaultProject, type ProjectConfig } from "./config/project.js";
export { type LoadedProject, loadProject } from "./config/project-loader.js";
export { configuredRemotes, loadSaltConfiguration, type SaltConfiguration } from "./config/salt-config.js";
export type { DefinitionKey } from "./definition/key.js";
export { keyDocumentation } from "./definition/key-docs.js";
export { definitionKeys } from "./definition/keys.js";
export { type AttributeView, type PackageView, type VersionView, viewDefinition } from "./definition/model.js";
export { definitionSchema } from "./definition/schema.js";
export { Fetcher, type FetcherOptions } from "./fetch/fetcher.js";
export type { FetchedFile, FetchOptions, Sources } from "./fetch/sources.js";
export { type UpdateOptions, type UpdateReport, updateGitRepos } from "./git/update-git-repos.js";
export { type Finding, type Fix, fullMessage, type RelatedPlace, type TextEdit } from "./lint/finding.js";
export { applyEdits, type FixResult, fixAll } from "./lint/fix.js";
export { type LintFile, type LintFilesOptions, lint, lintOptions } from "./lint/lint.js";
export type { PkgContext, RunPolicy } from "./pkg/context.js";
export { type InstallOptions, install } from "./pkg/install.js";
export { type InstalledEntry, installedSoftware, type SoftwareFilter } from "./pkg/installed-software.js";
export { type InstalledPackages, installedVersion, joinVersions, listPkgs } from "./pkg/list-pkgs.js";
export { type ProjectRun, type ProjectRunOptions, runOnTarget } from "./pkg/project-run.js";
export { type RemoveOptions, remove } from "./pkg/remove.js";
export type {
  ActionReport,
  ActionResult,
  Correction,
  PackageProblem,
  PackageReport,
  SaltResult,
} from "./pkg/report.js";
export type { PackageSelection } from "./pkg/request.js";
export { databaseFor } from "./pkg/target-database.js";
export { type TryResult, tryPackage } from "./pkg/try.js";
export { upgrade } from "./pkg/upgrade.js";
export type { Problem, Severity, Span } from "./problem.js";
export type { FileServer, Mount } from "./render/file-server.js";
export { type RenderDefinitionOptions, renderDefinition } from "./render/render-definition.js";
export {
  NotFinished,
  type RenderDocument,
  type RenderHost,
  type RenderSettings,
  type RenderTask,
} from "./render/render-host.js";
export type { RenderedDefinition } from "./render/rendered.js";
export type { WinrepoData } from "./repo/database.js";
export { DiskFileServer, inProcessHost, repositoryMounts } from "./repo/disk-file-server.js";
export { type GenrepoOptions, type GenrepoResult, genrepo } from "./repo/genrepo.js";
export { repositoryLocations } from "./repo/locations.js";
export { OutcomeCache } from "./repo/outcome-cache.js";
export {
  getPackageInfo,
  type InstalledVersions,
  latestVersionOf,
  listAvailable,
  listRepoPkgs,
  listUpgrades,
  upgradeAvailable,
} from "./repo/queries.js";
export { type RefreshOptions, type RefreshResult, refreshDb } from "./repo/refresh-db.js";
export { type RepositoryRenderer, repositoryRenderer } from "./repo/repository-renderer.js";
export { saltReturn } from "./repo/salt-return.js";
export { decodeWinrepo, encodeWinrepo, readWinrepoFile, writeWinrepoFile } from "./repo/winrepo-p.js";
export { renderTemplate } from "./template/index.js";
export type { MapFrame, MapSpan, SourceMap } from "./template/source-map.js";
export { fromJson, type Typed, toJson, toTyped } from "./value/convert.js";
export { repr, str } from "./value/repr.js";
export * from "./value/types.js";
export {
  BlankVersionError,
  compareVersions,
  latestVersion,
  sortVersions,
  type VersionOperator,
} from "./version/version.js";
export { loadYaml, loadYamlData, type YamlData } from "./yaml/index.js";
export type { YamlMapping, YamlNode, YamlResult, YamlScalar, YamlSequence } from "./yaml/node.js";
