import type { UntrustedSetting } from "./project.js";

/** A command needs settings that do not count, because nobody has said that the project is trusted. */
export class UntrustedError extends Error {
  override readonly name = "UntrustedError";
  constructor(
    root: string,
    readonly settings: readonly UntrustedSetting[],
  ) {
    const named = settings.map(({ setting, reason }) => `\n  ${setting} ${reason}`).join("");
    super(
      `the project in ${root} is not trusted, and these settings of it count only when it is:${named}\n` +
        "Look at them; then `winrepo trust FOLDER` remembers that you trust the project as it is now, and --trust-project " +
        "says so for one command.",
    );
  }
}
