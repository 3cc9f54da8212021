import type { CliCommand } from "../command.js";
import { configCommand } from "./config.js";
import { dbCommand } from "./db.js";
import { exportCommand } from "./export.js";
import { genrepoCommand } from "./genrepo.js";
import { installCommand, upgradeCommand } from "./install.js";
import { lintCommand } from "./lint.js";
import { listPkgsCommand, versionCommand } from "./list-pkgs.js";
import { lspCommand } from "./lsp.js";
import {
  compareVersionsCommand,
  getPackageInfoCommand,
  listAvailableCommand,
  listRepoPkgsCommand,
  showSlsCommand,
} from "./queries.js";
import { refreshDbCommand } from "./refresh-db.js";
import { purgeCommand, removeCommand } from "./remove.js";
import { renderCommand } from "./render.js";
import { targetCommand } from "./target.js";
import { trustCommand } from "./trust.js";
import { tryCommand } from "./try.js";
import { updateGitReposCommand } from "./update-git-repos.js";
import { latestVersionCommand, listUpgradesCommand, upgradeAvailableCommand } from "./upgrades.js";

/** Every command, in the order of `winrepo --help`. */
export const commands: readonly CliCommand[] = [
  lintCommand,
  renderCommand,
  genrepoCommand,
  refreshDbCommand,
  updateGitReposCommand,
  listAvailableCommand,
  listRepoPkgsCommand,
  latestVersionCommand,
  upgradeAvailableCommand,
  listUpgradesCommand,
  compareVersionsCommand,
  getPackageInfoCommand,
  showSlsCommand,
  dbCommand,
  exportCommand,
  configCommand,
  tryCommand,
  installCommand,
  upgradeCommand,
  removeCommand,
  purgeCommand,
  listPkgsCommand,
  versionCommand,
  targetCommand,
  trustCommand,
  lspCommand,
];
