import type { CliCommand } from "../command.js";
import { genrepoCommand } from "./genrepo.js";
import { installCommand, upgradeCommand } from "./install.js";
import { lintCommand } from "./lint.js";
import { listPkgsCommand, versionCommand } from "./list-pkgs.js";
import { lspCommand } from "./lsp.js";
import { purgeCommand, removeCommand } from "./remove.js";
import { renderCommand } from "./render.js";
import { targetCommand } from "./target.js";
import { tryCommand } from "./try.js";

/** Every command, in the order of `winrepo --help`. */
export const commands: readonly CliCommand[] = [
  lintCommand,
  renderCommand,
  genrepoCommand,
  tryCommand,
  installCommand,
  upgradeCommand,
  removeCommand,
  purgeCommand,
  listPkgsCommand,
  versionCommand,
  targetCommand,
  lspCommand,
];
