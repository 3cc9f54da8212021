import { readSaltFile } from "../../../engine/config/salt-check.js";
import type { SaltRole } from "../../../engine/config/salt-options.js";
import { LineTable } from "../../../engine/lines.js";
import type { Problem } from "../../../engine/problem.js";
import type { LanguageDocument } from "../language-service.js";

/** One state of an open configuration file of Salt's master or minion. */
export class SaltConfigDocument implements LanguageDocument {
  readonly lines: LineTable;
  readonly problems: readonly Problem[];

  constructor(
    readonly uri: string,
    readonly version: number | undefined,
    readonly role: SaltRole,
    text: string,
  ) {
    this.lines = new LineTable(text);
    this.problems = readSaltFile(text, role).problems;
  }
}
