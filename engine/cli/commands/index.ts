import type { CliCommand } from "../command.js";

/** Every command, in the order of `winrepo --help`. */
export const commands: readonly CliCommand[] = [];
