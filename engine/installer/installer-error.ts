/** An installer file that cannot be read: damaged, cut short, or of another kind than it says. */
export class InstallerError extends Error {
  override readonly name = "InstallerError";
}
