import type { CliCommand } from "../command.js";
import { lintCommand } from "./lint.js";
import { renderCommand } from "./render.js";

/** Every command, in the order of `winrepo --help`. */
export const commands: readonly CliCommand[] = [lintCommand, renderCommand];
